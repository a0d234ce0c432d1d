package io.squadron.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookTest {
    private static final RandomStream NO_RANDOM = RandomStream.of(0, "none");
    private static final EvaluationTransform EVALUATION = new EvaluationTransform(40, 24);
    /** Resized to 40 x 60. */
    private static final Image PICTURE = Pictures.noise(80, 120, 3);

    private static Image look(int number) {
        return Look.of(EVALUATION, Look.Choice.TEN).get(number).apply(PICTURE, NO_RANDOM);
    }

    @Test
    void thePlainLookComesFirstAndIsThatOfEvaluation() {
        for (Look.Choice choice : Look.Choice.values()) {
            List<Transform> looks = Look.of(EVALUATION, choice);
            assertThat(looks.get(0)).as("first of %s", choice).isEqualTo(EVALUATION);
        }
        assertThat(Look.of(EVALUATION, Look.Choice.ONE)).as("one").hasSize(1);
        assertThat(Look.of(EVALUATION, Look.Choice.FLIP)).as("flip").hasSize(2);
        assertThat(Look.of(EVALUATION, Look.Choice.TEN)).as("ten").hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void cornersAreThoseOfTheResizedImage() {
        Image resized = Resample.to(PICTURE, new Size(40, 60));
        int[][] corners = {{0, 0}, {0, 36}, {16, 0}, {16, 36}};
        for (int i = 0; i < 4; i++) {
            Image expected = Crop.at(resized, corners[i][0], corners[i][1], new Size(24, 24));
            assertThat(look(2 + 2 * i).pixels()).as("corner %d", i).isEqualTo(expected.pixels());
        }
    }

    @Test
    void everyOtherLookIsTheMirrorImageOfTheOneBefore() {
        for (int i = 0; i < 10; i += 2) {
            Image plain = look(i);
            Image mirrored = look(i + 1);
            for (int row = 0; row < 24; row++) {
                for (int column = 0; column < 24; column++) {
                    assertThat(mirrored.at(row, column, 1))
                            .as("look %d at %d, %d", i + 1, row, column)
                            .isEqualTo(plain.at(row, 23 - column, 1));
                }
            }
        }
    }

    @Test
    void anImageOfTheRightSizeHasNineMoreLooksThatShowTheSame() {
        Image right = Pictures.noise(24, 24, 5);
        EvaluationTransform whole = new EvaluationTransform(24, 24);
        List<Transform> looks = Look.of(whole, Look.Choice.TEN);
        for (int i = 0; i < 10; i += 2) {
            assertThat(looks.get(i).apply(right, NO_RANDOM).pixels())
                    .as("look %d", i)
                    .isEqualTo(right.pixels());
        }
    }
}
