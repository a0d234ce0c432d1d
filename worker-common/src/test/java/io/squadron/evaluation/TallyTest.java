package io.squadron.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.failure.Failure;
import io.squadron.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final int CLASSES = 7;

    @Test
    void oneSampleIsCountedAsWorkedOutByHand() {
        TallyBuilder builder = new TallyBuilder(3, 10, 5);
        // softmax of (0, ln 2, ln 5) is (1/8, 2/8, 5/8)
        builder.add(42, 9, 1, new float[] {99, 0, (float) Math.log(2), (float) Math.log(5)}, 1);
        Tally tally = builder.build();

        assertThat(tally.samples()).as("samples").isEqualTo(1);
        assertThat(tally.lossSum()).as("-ln(1/4)").isCloseTo(Math.log(4), within(1e-6));
        assertThat(tally.correct()).as("top-1").isZero();
        assertThat(tally.correctTopFive())
                .as("three classes are all within five")
                .isEqualTo(1);
        assertThat(tally.confusion()[1][2]).as("label 1 taken for 2").isEqualTo(1);
        assertThat(tally.bins().get(6).count()).as("5/8 lies in (0.6, 0.7]").isEqualTo(1);
        Mistake mistake = tally.mistakes().get(0);
        assertThat(mistake.id()).isEqualTo(42);
        assertThat(mistake.position()).isEqualTo(9);
        assertThat(mistake.predictedProbability()).isCloseTo(0.625, within(1e-6));
        assertThat(mistake.labelProbability()).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void ofEqualLogitsTheLowestClassWins() {
        TallyBuilder builder = new TallyBuilder(7, 15, 3);
        float[] equal = {1, 1, 1, 1, 1, 1, 1};
        for (int label = 0; label < 7; label++) {
            builder.add(label, label, label, equal, 0);
        }
        Tally tally = builder.build();
        assertThat(tally.correct()).as("only label 0").isEqualTo(1);
        assertThat(tally.correctTopFive()).as("labels 0 to 4").isEqualTo(5);
        assertThat(tally.mistakes())
                .extracting(Mistake::id)
                .as("equal loss: by id")
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void negativeZeroTiesWithZero() {
        TallyBuilder builder = new TallyBuilder(6, 15, 0);
        builder.add(1, 0, 0, new float[] {-0f, 0f, 0f, 0f, 0f, 0f}, 0);
        assertThat(builder.build().correctTopFive()).isEqualTo(1);
        assertThat(builder.build().correct()).isEqualTo(1);
    }

    @Test
    void certaintyFallsIntoTheLastBinAndHugeLogitsDoNotOverflow() {
        TallyBuilder builder = new TallyBuilder(2, 15, 1);
        builder.add(1, 0, 0, new float[] {3e38f, -3e38f}, 0);
        Tally tally = builder.build();
        assertThat(tally.bins().get(14).count()).isEqualTo(1);
        assertThat(tally.lossSum()).isZero();
    }

    @Test
    void groupingDoesNotMatter() {
        Tally whole = counted(0, 200);
        Tally left = counted(0, 50).merge(counted(50, 120)).merge(counted(120, 200));
        Tally right = counted(0, 50).merge(counted(50, 120).merge(counted(120, 200)));
        assertAlike(left, whole);
        assertAlike(right, whole);
        assertAlike(counted(120, 200).merge(counted(0, 120)), whole);
        assertAlike(Tally.empty(CLASSES, 15, 8).merge(whole), whole);
    }

    @Test
    void survivesSerialisation() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(counted(0, 30));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).usingRecursiveComparison().isEqualTo(counted(0, 30));
        }
    }

    @Test
    void notANumberIsRefusedByName() {
        TallyBuilder builder = new TallyBuilder(2, 15, 1);
        assertThatThrownBy(() -> builder.add(255, 0, 0, new float[] {0, Float.NaN}, 0))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.NUMERIC))
                .hasMessageContaining("00000000000000ff")
                .hasMessageContaining("class 1 is NaN");
    }

    @Test
    void aLabelOutsideTheClassesIsRefused() {
        TallyBuilder builder = new TallyBuilder(2, 15, 1);
        assertThatThrownBy(() -> builder.add(1, 0, 2, new float[2], 0))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("label is 2 (expected 0 to 1)");
    }

    @Test
    void differentShapesDoNotMerge() {
        Tally two = Tally.empty(2, 15, 1);
        assertThatThrownBy(() -> two.merge(Tally.empty(3, 15, 1))).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertAlike(Tally found, Tally expected) {
        assertThat(found)
                .usingRecursiveComparison()
                .ignoringFields("lossSum", "bins")
                .isEqualTo(expected);
        assertThat(found.lossSum()).isCloseTo(expected.lossSum(), within(1e-10));
        assertThat(counts(found)).isEqualTo(counts(expected));
    }

    private static List<Long> counts(Tally tally) {
        return tally.bins().stream().map(CalibrationBin::count).toList();
    }

    private static Tally counted(int from, int end) {
        TallyBuilder builder = new TallyBuilder(CLASSES, 15, 8);
        for (int i = from; i < end; i++) {
            RandomStream random = RandomStream.of(7, "tally", i);
            float[] logits = new float[CLASSES];
            for (int j = 0; j < CLASSES; j++) {
                logits[j] = (float) (2 * random.nextGaussian());
            }
            builder.add(random.nextLong(), i, random.nextInt(CLASSES), logits, 0);
        }
        return builder.build();
    }
}
