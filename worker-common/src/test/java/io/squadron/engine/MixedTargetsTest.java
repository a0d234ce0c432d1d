package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedTargetsTest {
    private static final float[] LOGITS = {0.3f, -1.2f, 2.5f, 0.1f, 1.5f, 1.4f, -0.7f, 0};
    private static final Targets MIXED = new Targets(new int[] {2, 0}, new int[] {1, 3}, new float[] {0.3f, 0.75f});

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f})
    void theLossOfAMixtureIsTheMixtureOfTheLosses(float smoothing) {
        Loss entropy = Loss.smoothed(smoothing);
        float[] gradient = new float[8];
        float[] first = new float[8];
        float[] second = new float[8];
        StepResult mixed = entropy.evaluate(LOGITS, MIXED, 4, gradient);
        double[] ofLabels = losses(entropy, new int[] {2, 0}, first);
        double[] ofOthers = losses(entropy, new int[] {1, 3}, second);
        double expected = 0.3 * ofLabels[0] + 0.7 * ofOthers[0] + 0.75 * ofLabels[1] + 0.25 * ofOthers[1];
        assertThat(mixed.lossSum()).as("loss").isCloseTo(expected, within(1e-6));
        for (int i = 0; i < 8; i++) {
            double share = MIXED.shares()[i / 4];
            assertThat((double) gradient[i])
                    .as("gradient %d", i)
                    .isCloseTo(share * first[i] + (1 - share) * second[i], within(1e-6));
        }
    }

    /** Of each row alone. */
    private static double[] losses(Loss entropy, int[] labels, float[] gradient) {
        double[] losses = new double[2];
        for (int row = 0; row < 2; row++) {
            float[] logits = java.util.Arrays.copyOfRange(LOGITS, 4 * row, 4 * row + 4);
            float[] own = new float[4];
            losses[row] = entropy.evaluate(logits, Targets.of(new int[] {labels[row]}), 4, own)
                    .lossSum();
            System.arraycopy(own, 0, gradient, 4 * row, 4);
        }
        return losses;
    }

    @Test
    void aMixtureCountsAsCorrectWhenItsLargerPartIsFound() {
        // The first is mostly class 1, the best logit is class 2; the second mostly class 0, which is the best.
        assertThat(Loss.plain().evaluate(LOGITS, MIXED, 4, new float[8]).correct())
                .as("correct")
                .isEqualTo(1);
    }

    @Test
    void theOtherClassIsCheckedToo() {
        Targets beyond = new Targets(new int[] {0, 1}, new int[] {0, 4}, new float[] {1, 0.5f});
        assertThatThrownBy(() -> Loss.plain().evaluate(LOGITS, beyond, 4, new float[8]))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("its label is 4")
                .hasMessageContaining("expected 0 to 3");
    }
}
