package io.squadron.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import io.squadron.model.Architectures;
import io.squadron.model.Freeze;
import io.squadron.model.Layout;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterGroupsTest {
    private static final ModelSpec SPEC = Architectures.build("resnet18", ModelOptions.of(new Shape(3, 64, 64), 10));

    @Test
    void everyLearnedElementIsInOneGroupAndNoRunningStatisticIsInAny() {
        Layout layout = SPEC.layout();
        assertCovers(layout, Freeze.none(), ParameterGroups.of(layout, Freeze.none(), 0.1, Decay.WEIGHTS_ONLY));
        Freeze freeze = Freeze.below(SPEC, 3);
        assertCovers(layout, freeze, ParameterGroups.of(layout, freeze, 0.1, Decay.EVERYTHING));
    }

    private static void assertCovers(Layout layout, Freeze freeze, List<ParameterGroup> groups) {
        int[] covered = new int[layout.length()];
        for (ParameterGroup group : groups) {
            for (int i = group.offset(); i < group.end(); i++) {
                covered[i]++;
            }
        }
        for (Slice slice : layout.slices()) {
            int expected = slice.role().learned() && !freeze.holds(slice) ? 1 : 0;
            assertThat(Arrays.stream(covered, slice.offset(), slice.end()).allMatch(count -> count == expected))
                    .as("%s in %d groups", slice.name(), expected)
                    .isTrue();
        }
    }

    @Test
    void normsAndBiasesDecayOnlyIfAsked() {
        Layout layout = SPEC.layout();
        Slice scale = layout.slice("bn1.weight");
        Slice bias = layout.slice("fc.bias");
        Slice weight = layout.slice("fc.weight");
        List<ParameterGroup> sparing = ParameterGroups.of(layout, Freeze.none(), 0.1, Decay.WEIGHTS_ONLY);
        assertThat(decayOf(sparing, scale)).isZero();
        assertThat(decayOf(sparing, bias)).isZero();
        assertThat(decayOf(sparing, weight)).isEqualTo(0.1);
        List<ParameterGroup> all = ParameterGroups.of(layout, Freeze.none(), 0.1, Decay.EVERYTHING);
        assertThat(decayOf(all, scale)).isEqualTo(0.1);
        assertThat(decayOf(all, bias)).isEqualTo(0.1);
    }

    private static double decayOf(List<ParameterGroup> groups, Slice slice) {
        return groups.stream()
                .filter(group -> group.offset() <= slice.offset() && slice.end() <= group.end())
                .findFirst()
                .orElseThrow()
                .weightDecay();
    }

    @Test
    void neighboursTreatedAlikeAreOneGroup() {
        // Running statistics cut the vector after each of the 20 batch norms; the head is the 21st stretch.
        assertThat(ParameterGroups.of(SPEC.layout(), Freeze.none(), 0.1, Decay.EVERYTHING))
                .hasSize(21);
        // Here each convolution, each batch norm, the head's weight and its bias stand apart.
        assertThat(ParameterGroups.of(SPEC.layout(), Freeze.none(), 0.1, Decay.WEIGHTS_ONLY))
                .hasSize(42);
    }

    @Test
    void ratesFallFromTheHeadDown() {
        StageRates rates = StageRates.of(SPEC, 0.5, 10);
        List<ParameterGroup> groups =
                ParameterGroups.of(SPEC.layout(), Freeze.below(SPEC, 1), 0.1, Decay.WEIGHTS_ONLY, rates);
        assertThat(rateOf(groups, "fc.weight")).as("head").isEqualTo(10);
        assertThat(rateOf(groups, "fc.bias")).as("bias of the head").isEqualTo(10);
        assertThat(rateOf(groups, "layer4.1.bn2.weight")).as("layer4").isEqualTo(0.5);
        assertThat(rateOf(groups, "layer1.0.conv1.weight")).as("layer1").isEqualTo(0.0625);
        float[] weights = new float[SPEC.layout().length()];
        float[] gradient = new float[weights.length];
        Arrays.fill(gradient, 1);
        Sgd.plain().update(weights, gradient, OptimiserState.fresh(Sgd.plain(), weights.length), groups, 0.5);
        assertThat(weights[SPEC.layout().slice("fc.bias").offset()])
                .as("head moved")
                .isEqualTo(-5f);
        assertThat(weights[SPEC.layout().slice("layer1.0.conv1.weight").offset()])
                .as("layer1 moved")
                .isEqualTo(-0.03125f);
        assertThat(weights[SPEC.layout().slice("conv1.weight").offset()])
                .as("frozen")
                .isZero();
        assertThat(ParameterGroups.of(SPEC.layout(), Freeze.none(), 0.1, Decay.EVERYTHING, StageRates.of(SPEC, 1, 1)))
                .as("all alike")
                .isEqualTo(ParameterGroups.of(SPEC.layout(), Freeze.none(), 0.1, Decay.EVERYTHING));
        assertThatThrownBy(() -> StageRates.of(SPEC, 0, 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("expected above 0");
    }

    private static double rateOf(List<ParameterGroup> groups, String name) {
        Slice slice = SPEC.layout().slice(name);
        return groups.stream()
                .filter(group -> group.offset() <= slice.offset() && slice.end() <= group.end())
                .findFirst()
                .orElseThrow()
                .rate();
    }

    @Test
    void negativeDecayIsRefused() {
        assertThatThrownBy(() -> ParameterGroups.of(SPEC.layout(), Freeze.none(), -0.1, Decay.EVERYTHING))
                .isInstanceOf(Failure.class)
                .hasMessage("Cannot use weight decay -0.1 (expected 0 or more)");
    }
}
