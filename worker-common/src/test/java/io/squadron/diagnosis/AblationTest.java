package io.squadron.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.model.Architectures;
import io.squadron.model.Layer;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.testing.TinyModels;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class AblationTest {
    private static ModelSpec built(String name) {
        return Architectures.build(name, ModelOptions.of(new Shape(3, 64, 64), 5));
    }

    private static long count(ModelSpec spec, Class<? extends Layer> kind) {
        return spec.nodes().stream()
                .filter(node -> kind.isInstance(node.layer()))
                .count();
    }

    @Test
    void withoutNormsAllElseStays() {
        ModelSpec plain = Ablation.withoutNorms(built("resnet18"));
        assertThat(count(plain, Layer.BatchNorm.class)).as("norms").isZero();
        assertThat(count(plain, Layer.Convolution.class)).as("convolutions").isEqualTo(20);
        assertThat(count(plain, Layer.Add.class)).as("additions").isEqualTo(8);
        assertThat(plain.shapes().get("fc")).as("what comes out").isEqualTo(Shape.flat(5));
    }

    @Test
    void withoutSkipsOnlyTheBranchesStay() {
        ModelSpec plain = Ablation.withoutSkips(built("resnet18"));
        assertThat(count(plain, Layer.Add.class)).as("additions").isZero();
        assertThat(count(plain, Layer.Convolution.class))
                .as("without three projections")
                .isEqualTo(17);
        assertThat(plain.node("layer2.0.relu").inputs()).as("inputs").containsExactly("layer2.0.bn2");
    }

    @Test
    void whatHasNoneIsLeftAsItIs() {
        assertThat(Ablation.withoutSkips(built("vgg11"))).as("without skips").isEqualTo(built("vgg11"));
        assertThat(Ablation.variants(built("vgg11_bn"), EnumSet.allOf(Ablation.Ingredient.class)))
                .as("variants")
                .containsOnlyKeys("as it is", "without norms");
        assertThat(Ablation.variants(built("resnet18"), EnumSet.allOf(Ablation.Ingredient.class)))
                .as("variants")
                .containsOnlyKeys("as it is", "without norms", "without skips", "without norms and skips");
    }

    @Test
    void aPlaceKnowsTheUnitsThatItEndsIn() {
        assertThat(Place.of(built("resnet18")))
                .as("places")
                .hasSize(21)
                .startsWith(
                        new Place("conv1", ModelSpec.INPUT, "relu"),
                        new Place("layer1.0.conv1", "maxpool", "layer1.0.relu1"))
                .contains(new Place("layer1.0.conv2", "layer1.0.relu1", "layer1.0.relu"))
                .contains(new Place("layer2.0.downsample.0", "layer1.1.relu", ""))
                .endsWith(new Place("fc", "avgpool", ""));
        assertThat(Place.of(TinyModels.plain(3)).get(0)).as("no unit").isEqualTo(new Place("conv1", "input", ""));
    }
}
