package io.squadron.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinClassesTest {
    private static final int TRAIN = 0;
    private static final int VALIDATION = 1;
    private static final int TEST = 2;

    @Test
    void classesThatASplitLacksAreNamed() {
        DatasetIndex index = index(List.of("ant", "bee", "cow"), new int[][] {{5, 1, 2}, {5, 0, 1}, {5, 0, 0}});
        assertThat(ThinClasses.warnings(index, 5))
                .as("warnings")
                .containsExactly(
                        "no validation image of 2 of 3 classes: bee, cow", "no test image of 1 of 3 classes: cow");
    }

    @Test
    void classesWithFewTrainingImagesAreNamedFewestFirst() {
        DatasetIndex index = index(List.of("ant", "bee", "cow", "dog"), new int[][] {{4}, {10}, {1}, {9}});
        assertThat(ThinClasses.warnings(index, 10))
                .as("below 10, of 4, 10, 1 and 9")
                .containsExactly("fewer than 10 training images of 3 of 4 classes: cow (1), ant (4), dog (9)");
        assertThat(ThinClasses.warnings(index, 0)).as("when none are asked for").isEmpty();
    }

    @Test
    void aSplitThatIsNotThereIsLackedByNoClass() {
        DatasetIndex index = index(List.of("ant", "bee"), new int[][] {{5}, {5}});
        assertThat(ThinClasses.warnings(index, 5)).as("warnings").isEmpty();
    }

    @Test
    void ofManyClassesTenAreNamedAndTheOthersCounted() {
        List<String> names = IntStream.range(0, 25).mapToObj(i -> "c" + i).toList();
        int[][] counts = new int[25][];
        IntStream.range(0, 25).forEach(i -> counts[i] = new int[] {1 + i});
        assertThat(ThinClasses.warnings(index(names, counts), 13))
                .as("the twelve with 1 to 12 images")
                .hasSize(1)
                .first()
                .asString()
                .startsWith("fewer than 13 training images of 12 of 25 classes: ")
                .endsWith(
                        " c0 (1), c1 (2), c2 (3), c3 (4), c4 (5), c5 (6), c6 (7), c7 (8), c8 (9), c9 (10) and 2 more");
    }

    /** Samples by class, and in it by split (training, validation, test); splits that are left out have none. */
    private static DatasetIndex index(List<String> classes, int[][] counts) {
        IntStream.Builder labels = IntStream.builder();
        IntStream.Builder splits = IntStream.builder();
        for (int label = 0; label < counts.length; label++) {
            for (int split : List.of(TRAIN, VALIDATION, TEST)) {
                for (int i = 0; split < counts[label].length && i < counts[label][split]; i++) {
                    labels.add(label);
                    splits.add(split);
                }
            }
        }
        int[] codes = splits.build().toArray();
        byte[] bytes = new byte[codes.length];
        IntStream.range(0, codes.length).forEach(i -> bytes[i] = (byte) codes[i]);
        ChannelStatistics statistics = new ChannelStatistics(3, List.of(0.5, 0.5, 0.5), List.of(0.3, 0.3, 0.3));
        int n = codes.length;
        return new DatasetIndex(
                "d",
                "",
                classes,
                statistics,
                List.of("s"),
                new long[n],
                labels.build().toArray(),
                bytes,
                new int[n],
                new long[n],
                new int[n]);
    }
}
