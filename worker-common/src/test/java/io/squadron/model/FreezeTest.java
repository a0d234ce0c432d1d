package io.squadron.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreezeTest {
    private static final ModelSpec SPEC = Architectures.build("resnet18", ModelOptions.of(new Shape(3, 64, 64), 10));

    @Test
    void depthCountsStagesFromTheImage() {
        assertThat(Freeze.stages(SPEC)).hasSize(6);
        assertThat(Freeze.below(SPEC, 0)).isEqualTo(Freeze.none());
        assertThat(Freeze.below(SPEC, 1).nodes()).containsExactlyInAnyOrder("conv1", "bn1");
        assertThat(Freeze.below(SPEC, 2).nodes())
                .containsExactlyInAnyOrder(
                        "conv1",
                        "bn1",
                        "layer1.0.conv1",
                        "layer1.0.bn1",
                        "layer1.0.conv2",
                        "layer1.0.bn2",
                        "layer1.1.conv1",
                        "layer1.1.bn1",
                        "layer1.1.conv2",
                        "layer1.1.bn2");
    }

    @Test
    void everyFamilyHasStagesOfItsOwn() {
        assertThat(stages("vgg11_bn"))
                .startsWith(Set.of("features.0", "features.1"), Set.of("features.4", "features.5"))
                .endsWith(Set.of("classifier.3"), Set.of("classifier.6"))
                .hasSize(11);
        assertThat(stages("alexnet"))
                .startsWith(Set.of("features.0"), Set.of("features.3"))
                .hasSize(8);
        assertThat(stages("googlenet"))
                .startsWith(Set.of("conv1.conv", "conv1.bn"), Set.of("conv2.conv", "conv2.bn"))
                .endsWith(Set.of(
                        "fc",
                        "aux1.conv.conv",
                        "aux1.conv.bn",
                        "aux1.fc1",
                        "aux1.fc2",
                        "aux2.conv.conv",
                        "aux2.conv.bn",
                        "aux2.fc1",
                        "aux2.fc2"))
                .hasSize(13);
        assertThat(stages("resnext50_32x4d")).hasSize(6);
    }

    private static List<Set<String>> stages(String name) {
        ModelOptions options = ModelOptions.of(new Shape(3, 64, 64), 10).with(AuxiliaryHeads.PUBLISHED);
        return Freeze.stages(Architectures.build(name, options));
    }

    @Test
    void theDeepestFreezeLeavesTheHead() {
        Freeze freeze = Freeze.below(SPEC, 5);
        assertThat(SPEC.layout().slices())
                .filteredOn(slice -> !freeze.holds(slice))
                .extracting(Slice::name)
                .containsExactly("fc.weight", "fc.bias");
    }

    @Test
    void aNameFreezesItselfAndWhatLiesBelow() {
        assertThat(Freeze.named(SPEC, List.of("layer1.1", "bn1")).nodes())
                .containsExactlyInAnyOrder("layer1.1.conv1", "layer1.1.bn1", "layer1.1.conv2", "layer1.1.bn2", "bn1");
        // "layer1.0.conv1" is below "layer1.0", but no node is called "layer1.0.conv".
        assertThatThrownBy(() -> Freeze.named(SPEC, List.of("layer1.0.conv"))).isInstanceOf(Failure.class);
    }

    @Test
    void twoFreezesJoin() {
        Freeze both = Freeze.below(SPEC, 1).and(Freeze.named(SPEC, List.of("fc")));
        assertThat(both.nodes()).containsExactlyInAnyOrder("conv1", "bn1", "fc");
    }

    @Test
    void impossibleFreezesSayWhatIsPossible() {
        assertThatThrownBy(() -> Freeze.below(SPEC, 6))
                .hasMessage("Cannot freeze 6 stages of resnet18: it has 6, of which at least the last must be trained "
                        + "(expected 0 to 5)");
        assertThatThrownBy(() -> Freeze.below(SPEC, -1)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> Freeze.named(SPEC, List.of("layer9")))
                .isInstanceOf(Failure.class)
                .hasMessage("Cannot freeze 'layer9' of resnet18: no layer with parameters has that name "
                        + "(stages are [stem, layer1, layer2, layer3, layer4, fc])");
        assertThatThrownBy(
                        () -> Freeze.named(SPEC, List.of("conv1", "bn1", "layer1", "layer2", "layer3", "layer4", "fc")))
                .hasMessage("Cannot freeze all layers of resnet18: nothing would be trained");
    }
}
