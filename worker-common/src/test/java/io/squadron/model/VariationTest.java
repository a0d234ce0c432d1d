package io.squadron.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static final ModelOptions PUBLISHED = ModelOptions.of(new Shape(3, 64, 64), 10);

    private static ModelSpec built(String name, Variation variation) {
        return Architectures.build(name, PUBLISHED.with(variation));
    }

    private static Variation without(Variation.Skips skips, Variation.Norms norms) {
        return new Variation(skips, norms, 0);
    }

    private static long count(ModelSpec spec, Class<? extends Layer> kind) {
        return spec.nodes().stream()
                .filter(node -> kind.isInstance(node.layer()))
                .count();
    }

    @Test
    void withoutSkipsNothingIsAddedAndNoProjectionIsLeft() {
        ModelSpec plain = built("resnet34", without(Variation.Skips.OFF, Variation.Norms.ON));
        ModelSpec residual = Architectures.build("resnet34", PUBLISHED);
        assertThat(count(plain, Layer.Add.class)).as("sums").isZero();
        assertThat(count(residual, Layer.Convolution.class) - count(plain, Layer.Convolution.class))
                .as("projections that are gone")
                .isEqualTo(3);
        assertThat(plain.shapes().get("layer4.2.relu")).as("result").isEqualTo(new Shape(512, 2, 2));
        assertThat(Freeze.stages(plain)).as("stages").hasSameSizeAs(Freeze.stages(residual));
    }

    @Test
    void withoutNormsConvolutionsHaveBiasesInTheirPlace() {
        for (String name : List.of("resnet50", "googlenet", "vgg11_bn")) {
            ModelSpec spec = built(name, without(Variation.Skips.ON, Variation.Norms.OFF));
            assertThat(count(spec, Layer.BatchNorm.class))
                    .as("norms of %s", name)
                    .isZero();
            assertThat(spec.nodes())
                    .as("nodes of %s", name)
                    .allMatch(node -> !(node.layer() instanceof Layer.Convolution c) || c.bias());
        }
    }

    @Test
    void branchesAreLeftOutMoreTheDeeperTheyLie() {
        ModelSpec spec = built("resnet18", new Variation(Variation.Skips.ON, Variation.Norms.ON, 0.4f));
        assertThat(spec.nodes().stream()
                        .filter(node -> node.layer() instanceof Layer.StochasticDepth)
                        .map(node -> ((Layer.StochasticDepth) node.layer()).drop()))
                .as("shares")
                .containsExactly(
                        0.4f * (1 / 8f),
                        0.4f * (2 / 8f),
                        0.4f * (3 / 8f),
                        0.4f * (4 / 8f),
                        0.4f * (5 / 8f),
                        0.4f * (6 / 8f),
                        0.4f * (7 / 8f),
                        0.4f);
        assertThat(spec.node("layer2.0.add").inputs())
                .as("what is added")
                .containsExactly("layer2.0.stochastic_depth", "layer2.0.downsample.1");
        assertThat(spec.layout())
                .as("weights")
                .isEqualTo(Architectures.build("resnet18", PUBLISHED).layout());
    }

    @Test
    void whatIsNotThereCannotBeLeftOut() {
        assertThatThrownBy(() -> built("vgg11_bn", without(Variation.Skips.OFF, Variation.Norms.ON)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("skip connections or branches of vgg11_bn");
        assertThatThrownBy(() -> built("vgg11", without(Variation.Skips.ON, Variation.Norms.OFF)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("batch norms of vgg11 out");
        assertThatThrownBy(() -> new Variation(Variation.Skips.OFF, Variation.Norms.ON, 0.1f))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("without skip connections");
    }
}
