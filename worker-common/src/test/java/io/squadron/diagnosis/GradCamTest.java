package io.squadron.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.engine.Compute;
import io.squadron.engine.Engine;
import io.squadron.engine.Engines;
import io.squadron.engine.Images;
import io.squadron.engine.Normalisation;
import io.squadron.image.Image;
import io.squadron.model.Architectures;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradCamTest {
    private static final ModelSpec SPEC = TinyModels.residual(3).withSize(16);

    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "onednn"})
    void channelWeightsAreThoseOfFiniteDifferences(String name) {
        Engine engine = Engines.named(name);
        if (engine.obstacle().isPresent()) {
            return;
        }
        Images image = GoldenFill.images(1, 3, 16, 4);
        try (GradCam cam =
                GradCam.open(engine, SPEC, GoldenFill.weights(SPEC, 2), Normalisation.unit(3), Compute.plain())) {
            assertThat(cam.target()).as("target").isEqualTo("layer1.add");
            float[] weights = cam.channelWeights(image, 1);
            float step = 0.05f;
            for (int channel = 0; channel < weights.length; channel++) {
                double difference =
                        cam.logProbability(image, 1, channel, step) - cam.logProbability(image, 1, channel, -step);
                // float32 losses of about 1, over 0.1: five digits are left; the curvature adds about step squared.
                assertThat((double) weights[channel] * 16)
                        .as("channel %d of 4 x 4 places", channel)
                        .isCloseTo(difference / (2 * step), within(2e-3));
            }
            assertThat(weights).as("they differ").doesNotHaveDuplicates();
            assertThat(cam.of(image, 1).values()).as("a map").hasSize(16).doesNotContain(Float.NaN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "resnet18, 224, layer4.1.relu",
        "resnet50, 64, layer3.5.relu",
        "vgg11_bn, 224, features.27",
        "googlenet, 224, inception5b.concat"
    })
    void looksAtTheLastActivationThatIsLargeEnough(String name, int size, String target) {
        ModelSpec spec = Architectures.build(name, ModelOptions.of(new Shape(3, size, size), 10));
        assertThat(GradCam.target(spec)).as("target of %s", name).startsWith(target.split("\\.")[0]);
        assertThat(spec.shapes().get(GradCam.target(spec)).height())
                .as("places a side")
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void aNetworkForTinyImagesHasNoPlaces() {
        ModelSpec tiny = TinyModels.residual(3);
        assertThat(GradCam.canSee(tiny)).as("2 x 2 places").isFalse();
        assertThatThrownBy(() -> GradCam.target(tiny)).hasMessageContaining("at least 4 x 4 places");
    }

    @Test
    void theHottestPlaceIsReddest() {
        Image grey = new Image(4, 4, new byte[48]);
        Image over = new Heat(2, 2, new float[] {0, 0, 0, 3}).over(grey);
        assertThat(over.at(0, 0, 0)).as("cold").isZero();
        assertThat(over.at(3, 3, 0)).as("hot, red").isGreaterThan(180);
        assertThat(over.at(3, 3, 1)).as("hot, no green").isZero();
    }
}
