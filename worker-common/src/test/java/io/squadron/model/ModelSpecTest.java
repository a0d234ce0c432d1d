package io.squadron.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSpecTest {
    private static final Shape IMAGENET = new Shape(3, 224, 224);

    /** Parameters as torchvision counts them, and names of its state dict (num_batches_tracked left out). */
    @ParameterizedTest
    @CsvSource({
        "resnet18, 11689512, 122, 20",
        "resnet34, 21797672, 218, 36",
        "resnet50, 25557032, 320, 53",
        "resnet101, 44549160, 626, 104",
        "resnet152, 60192808, 932, 155",
        "wide_resnet50_2, 68883240, 320, 53",
        "resnext50_32x4d, 25028904, 320, 53",
        "googlenet, 6624904, 344, 57",
        "alexnet, 61100840, 16, 0",
        "alexnet_lrn, 61100840, 16, 0",
        "vgg11, 132863336, 22, 0",
        "vgg13, 133047848, 26, 0",
        "vgg16, 138357544, 32, 0",
        "vgg19, 143667240, 38, 0",
        "vgg11_bn, 132868840, 62, 8",
        "vgg13_bn, 133053736, 76, 10",
        "vgg16_bn, 138365992, 97, 13",
        "vgg19_bn, 143678248, 118, 16"
    })
    void networksHaveTorchvisionsParameters(String name, long parameters, int entries, int norms) {
        Layout layout =
                Architectures.build(name, ModelOptions.of(IMAGENET, 1000)).layout();
        assertThat(layout.slices().stream()
                        .filter(slice -> slice.role().learned())
                        .mapToLong(Slice::length)
                        .sum())
                .isEqualTo(parameters);
        assertThat(layout.slices()).hasSize(entries - norms);
    }

    @Test
    void slicesFollowEachOtherWithoutGaps() {
        Layout layout =
                Architectures.build("resnet50", ModelOptions.of(IMAGENET, 10)).layout();
        int next = 0;
        for (Slice slice : layout.slices()) {
            assertThat(slice.offset()).as(slice.name()).isEqualTo(next);
            next = slice.end();
        }
        assertThat(layout.length()).isEqualTo(next);
        assertThat(layout.slice("layer1.0.conv1.weight").shape()).containsExactly(64, 64, 1, 1);
        assertThat(layout.slice("layer3.0.downsample.0.weight").shape()).containsExactly(1024, 512, 1, 1);
        assertThat(layout.slice("fc.weight").shape()).containsExactly(10, 2048);
    }

    @Test
    void imagesShrinkAsPublished() {
        ModelSpec spec = Architectures.build("resnet50", ModelOptions.of(IMAGENET, 10));
        assertThat(spec.shapes().get("conv1")).isEqualTo(new Shape(64, 112, 112));
        assertThat(spec.shapes().get("maxpool")).isEqualTo(new Shape(64, 56, 56));
        assertThat(spec.shapes().get("layer2.0.conv1")).isEqualTo(new Shape(128, 56, 56));
        assertThat(spec.shapes().get("layer2.0.conv2")).isEqualTo(new Shape(128, 28, 28));
        assertThat(spec.shapes().get("layer4.2.relu")).isEqualTo(new Shape(2048, 7, 7));
        assertThat(spec.shapes().get("fc")).isEqualTo(Shape.flat(10));
        assertThat(spec.classes()).isEqualTo(10);
    }

    @Test
    void ceilingPoolsAndInnerHeadsAreThoseOfGoogLeNet() {
        ModelOptions options = ModelOptions.of(IMAGENET, 10).with(AuxiliaryHeads.PUBLISHED);
        ModelSpec spec = Architectures.build("googlenet", options);
        assertThat(spec.shapes().get("maxpool1")).isEqualTo(new Shape(64, 56, 56));
        assertThat(spec.shapes().get("inception4a")).isEqualTo(new Shape(512, 14, 14));
        assertThat(spec.shapes().get("inception5b")).isEqualTo(new Shape(1024, 7, 7));
        assertThat(spec.auxiliaries())
                .containsExactly(new ModelSpec.Auxiliary("aux1.fc2", 0.3f), new ModelSpec.Auxiliary("aux2.fc2", 0.3f));
        // torchvision counts 13,004,888 with a thousand classes.
        assertThat(Architectures.build(
                                "googlenet", ModelOptions.of(IMAGENET, 1000).with(AuxiliaryHeads.PUBLISHED))
                        .layout()
                        .parameters())
                .isEqualTo(13004888);
    }

    @Test
    void theSmallStemIsKnownToAllButVgg() {
        ModelOptions options = new ModelOptions(new Shape(3, 32, 32), 10, ModelOptions.Stem.SMALL);
        for (String name : Architectures.names()) {
            if (name.startsWith("vgg")) {
                assertThatThrownBy(() -> Architectures.build(name, options))
                        .hasMessageStartingWith("Cannot build " + name + " with the small-image stem");
            } else {
                String first = Architectures.build(name, options).nodes().get(0).name();
                assertThat(Architectures.build(name, options).shapes().get(first))
                        .as(name)
                        .isEqualTo(new Shape(64, 32, 32));
            }
        }
    }

    @Test
    void theSmallStemKeepsSmallImagesLarge() {
        ModelOptions options = new ModelOptions(new Shape(1, 28, 28), 10, ModelOptions.Stem.SMALL);
        ModelSpec spec = Architectures.build("resnet18", options);
        assertThat(spec.shapes().get("layer1.0.conv1")).isEqualTo(new Shape(64, 28, 28));
        assertThat(spec.shapes().get("layer4.1.relu")).isEqualTo(new Shape(512, 4, 4));
    }

    @Test
    void aNewHeadLeavesTheRestAsItWas() {
        ModelSpec thousand = Architectures.build("resnet18", ModelOptions.of(IMAGENET, 1000));
        ModelSpec seven = thousand.withClasses(7);
        assertThat(seven.classes()).isEqualTo(7);
        assertThat(seven.nodes().subList(0, seven.nodes().size() - 1))
                .isEqualTo(thousand.nodes().subList(0, thousand.nodes().size() - 1));
        assertThat(seven.layout().slice("fc.weight").shape()).containsExactly(7, 512);
        assertThat(seven).isEqualTo(Architectures.build("resnet18", ModelOptions.of(IMAGENET, 7)));
    }

    @Test
    void aHeadThatIsNotDenseStays() {
        ModelSpec spec = spec(new Node("relu", new Layer.Relu(), List.of(ModelSpec.INPUT)));
        assertThatThrownBy(() -> spec.withClasses(7))
                .hasMessage("Cannot replace the head of test: its last layer 'relu' is not dense");
    }

    @Test
    void anUnknownArchitectureIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Architectures.build("resnet19", ModelOptions.of(IMAGENET, 10)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'resnet19'")
                .hasMessageContaining("resnet18, resnet34, resnet50, resnet101, resnet152");
        assertThatThrownBy(() -> ModelOptions.of(IMAGENET, 1))
                .hasMessage("Cannot classify into 1 classes (expected at least 2)");
    }

    @Test
    void layersThatDoNotFitAreNamed() {
        Layer.Window window = Layer.Window.square(5, 1, 0);
        Layer.Convolution convolution = new Layer.Convolution(3, 8, window, 1, false);
        assertThatThrownBy(() -> spec(new Node("a", new Layer.Convolution(4, 8, window, 1, false), input()))
                        .shapes())
                .hasMessageContaining("layer 'a' gets 3x4x9 (expected 4 channels)");
        assertThatThrownBy(() -> spec(new Node("a", convolution, input())).shapes())
                .hasMessageContaining("layer 'a' gets 3x4x9, smaller than its 5x5 window");
        assertThatThrownBy(() -> spec(
                                new Node("a", new Layer.Flatten(), input()),
                                new Node("b", new Layer.Add(), List.of("a", ModelSpec.INPUT)))
                        .shapes())
                .hasMessageContaining("layer 'b' joins 108x1x1 and 3x4x9");
        assertThatThrownBy(() -> spec(new Node("a", new Layer.BatchNorm(2, 1e-5f, 0.1f), input()))
                        .shapes())
                .hasMessageContaining("(expected 2 channels)");
    }

    @Test
    void nodesMustComeAfterTheirInputsUnderNamesOfTheirOwn() {
        assertThatThrownBy(() ->
                        spec(new Node("a", new Layer.Relu(), List.of("b"))).shapes())
                .hasMessageContaining("its input 'b' does not come before it");
        assertThatThrownBy(
                        () -> spec(new Node("a", new Layer.Relu(), input()), new Node("a", new Layer.Relu(), input()))
                                .shapes())
                .hasMessageContaining("its name is taken");
        assertThatThrownBy(() -> new ModelSpec("test", IMAGENET, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> input() {
        return List.of(ModelSpec.INPUT);
    }

    private static ModelSpec spec(Node... nodes) {
        return new ModelSpec("test", new Shape(3, 4, 9), List.of(nodes));
    }
}
