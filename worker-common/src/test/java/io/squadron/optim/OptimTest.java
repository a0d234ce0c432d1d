package io.squadron.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.failure.Failure;
import io.squadron.model.Architectures;
import io.squadron.model.Layout;
import io.squadron.model.ModelOptions;
import io.squadron.model.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimTest {
    private static final List<ParameterGroup> MIDDLE = List.of(new ParameterGroup(2, 3, 1, 0.1));

    @Test
    void onlyStretchesInGroupsChange() {
        for (Optimiser optimiser : List.of(Sgd.plain(), Sgd.nesterov(0.9), Adam.standard(), AdamW.standard())) {
            float[] weights = {1, 1, 1, 1, 1, 1, 1};
            float[] gradient = {9, 9, 2, 2, 2, 9, 9};
            OptimiserState state = OptimiserState.fresh(optimiser, 7);
            optimiser.update(weights, gradient, state, MIDDLE, 0.1);
            assertThat(weights).as("%s", optimiser).startsWith(1, 1).endsWith(1, 1);
            assertThat(Arrays.copyOfRange(weights, 2, 5)).as("%s", optimiser).doesNotContain(1f);
            for (float[] slot : state.slots()) {
                assertThat(slot).as("%s", optimiser).startsWith(0, 0).endsWith(0, 0);
            }
        }
    }

    @Test
    void theGroupsRateScalesTheStep() {
        float[] weights = {0, 0};
        List<ParameterGroup> groups = List.of(new ParameterGroup(0, 1, 1, 0), new ParameterGroup(1, 1, 0.25, 0));
        Sgd.plain().update(weights, new float[] {1, 1}, OptimiserState.fresh(Sgd.plain(), 2), groups, 0.5);
        assertThat(weights).containsExactly(-0.5f, -0.125f);
    }

    @Test
    void aRestoredStateGoesOnWithTheSameBits() {
        for (Optimiser optimiser : List.of(Sgd.nesterov(0.9), Adam.standard(), AdamW.standard())) {
            float[] straight = {1, 2, 3, 4, 5};
            float[] stopped = straight.clone();
            OptimiserState state = OptimiserState.fresh(optimiser, 5);
            OptimiserState before = OptimiserState.fresh(optimiser, 5);
            steps(optimiser, straight, state, 0, 6);
            steps(optimiser, stopped, before, 0, 3);
            OptimiserState after = OptimiserState.restored(
                    before.updates(),
                    before.slots().stream().map(float[]::clone).toList());
            steps(optimiser, stopped, after, 3, 6);
            assertThat(stopped).as("%s", optimiser).containsExactly(straight);
        }
    }

    private static void steps(Optimiser optimiser, float[] weights, OptimiserState state, int from, int to) {
        for (int step = from; step < to; step++) {
            optimiser.update(weights, new float[] {0, 0, step + 1, -step, 0.3f}, state, MIDDLE, 0.01 * (step + 1));
        }
    }

    @Test
    void clippingCountsAndChangesOnlyTheGroups() {
        float[] gradient = {1000, 1000, 2, 3, 6, 1000};
        double norm = new Clipping(3.5).clip(gradient, MIDDLE);
        assertThat(norm).isCloseTo(7, within(1e-12));
        assertThat(Clipping.norm(gradient, MIDDLE)).isCloseTo(3.5, within(1e-5));
        assertThat(gradient).startsWith(1000, 1000).endsWith(1000);
    }

    @Test
    void aSmallGradientAndAnUnlimitedOneStay() {
        float[] gradient = {0, 0, 2, 3, 6};
        assertThat(new Clipping(7.1).clip(gradient, MIDDLE)).isEqualTo(7);
        assertThat(Clipping.none().clip(gradient, MIDDLE)).isEqualTo(7);
        assertThat(gradient).containsExactly(0, 0, 2, 3, 6);
    }

    @Test
    void theNormCountsEveryElementOfLongAndOddStretches() {
        for (int length = 1; length < 12; length++) {
            float[] ones = new float[20];
            Arrays.fill(ones, 1);
            assertThat(Clipping.norm(ones, List.of(new ParameterGroup(5, length, 1, 0))))
                    .isCloseTo(Math.sqrt(length), within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aBrokenGradientNamesItsFirstSlice(float broken) {
        Layout layout = Architectures.build("resnet18", ModelOptions.of(new Shape(3, 64, 64), 10))
                .layout();
        float[] gradient = new float[layout.length()];
        FiniteGradient.require(3, layout, gradient);
        gradient[layout.slice("layer1.0.conv2.weight").offset() + 7] = broken;
        gradient[layout.slice("fc.weight").offset()] = Float.NaN;
        assertThatThrownBy(() -> FiniteGradient.require(3, layout, gradient))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.NUMERIC))
                .hasMessageContaining("at step 3: the gradient of 'layer1.0.conv2.weight' holds " + broken
                        + " at element 7 of 36864");
    }

    @Test
    void theAverageFollowsTheWeights() {
        float[] weights = {1, 0};
        WeightAverage average = WeightAverage.startingAt(0.75, weights);
        weights[0] = 5;
        average.update(weights);
        assertThat(average.values()).containsExactly(2, 0);
        WeightAverage restored = WeightAverage.restored(average.decay(), average.values());
        restored.update(weights);
        assertThat(restored.values()).containsExactly(2.75f, 0);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> Sgd.heavyBall(1))
                .hasMessage("Cannot use momentum 1.0 (expected 0 or more and below 1)");
        assertThatThrownBy(() -> new Adam(0.9, 1, 1e-8)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new AdamW(0.9, 0.99, -1)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new Clipping(0)).hasMessage("Cannot clip gradients to norm 0.0 (expected above 0)");
        assertThatThrownBy(() -> WeightAverage.startingAt(1, new float[1])).isInstanceOf(Failure.class);
    }
}
