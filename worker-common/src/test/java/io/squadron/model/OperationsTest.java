package io.squadron.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OperationsTest {
    /** Multiply-adds of one image of 224 x 224 with 1000 classes, in thousands of millions, as torchvision publishes them. */
    private static final Map<String, Double> PUBLISHED = Map.ofEntries(
            Map.entry("alexnet", 0.714),
            Map.entry("vgg11", 7.609),
            Map.entry("vgg13", 11.308),
            Map.entry("vgg16", 15.470),
            Map.entry("vgg19", 19.632),
            Map.entry("googlenet", 1.498),
            Map.entry("resnet18", 1.814),
            Map.entry("resnet34", 3.664),
            Map.entry("resnet50", 4.089),
            Map.entry("resnet101", 7.801),
            Map.entry("resnet152", 11.514),
            Map.entry("wide_resnet50_2", 11.398),
            Map.entry("resnext50_32x4d", 4.230));

    /** They are published with three digits after the point, some of them cut off rather than rounded. */
    private static final Offset<Double> ROUNDED = Offset.offset(0.001);

    @Test
    void inferenceCountsWhatTorchvisionPublishes() {
        assertThat(PUBLISHED.keySet()).as("known").contains("resnet18", "resnet50");
        assertThat(Architectures.names()).as("registered").contains("resnet18", "resnet50");
        Architectures.names().stream()
                .filter(PUBLISHED::containsKey)
                .forEach(name -> assertThat(Operations.inference(large(name)).total() / 2e9)
                        .as(name)
                        .isCloseTo(PUBLISHED.get(name), ROUNDED));
    }

    @Test
    void trainingIsThreeTimesAsMuchLessTheGradientOfTheImage() {
        ModelSpec spec = large("resnet18");
        long first = 2L * 7 * 7 * 3 * 64 * 112 * 112;
        Operations forward = Operations.inference(spec);
        assertThat(Operations.training(spec, Freeze.none()))
                .as("training")
                .isEqualTo(new Operations(3 * forward.convolution() - first, 3 * forward.dense()));
    }

    @Test
    void aTrainedHeadOnAFrozenBodyCostsItsOwnGradientOnly() {
        ModelSpec spec = large("resnet18");
        Operations forward = Operations.inference(spec);
        Freeze body = Freeze.below(spec, Freeze.stages(spec).size() - 1);
        assertThat(Operations.training(spec, body))
                .as("training")
                .isEqualTo(new Operations(forward.convolution(), 2 * forward.dense()));
    }

    @Test
    void aFrozenLayerInTheMiddleStillHandsGradientsDown() {
        ModelSpec spec = large("resnet18");
        long one = 2L * 3 * 3 * 512 * 512 * 7 * 7;
        assertThat(Operations.training(spec, Freeze.none()).total()
                        - Operations.training(spec, new Freeze(Set.of("layer4.1.conv2")))
                                .total())
                .as("saved")
                .isEqualTo(one);
    }

    private static ModelSpec large(String name) {
        return Architectures.build(name, ModelOptions.of(new Shape(3, 224, 224), 1000));
    }
}
