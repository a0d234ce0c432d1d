package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.engine.Engines;
import io.squadron.engine.Images;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.exchange.NamedFloats;
import io.squadron.exchange.PretrainedChoice;
import io.squadron.exchange.PretrainedCopy;
import io.squadron.exchange.safetensors.SafetensorsWriter;
import io.squadron.failure.Failure;
import io.squadron.model.Architectures;
import io.squadron.model.Initialisation;
import io.squadron.model.Layer;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Variation;
import io.squadron.model.Weights;
import io.squadron.random.RandomStream;
import io.squadron.storage.Storage;
import io.squadron.testing.GoldenFill;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitialWeightsTest {
    private static final Storage STORAGE = Storage.of(Map.of());
    private static final ModelSpec SPEC = Architectures.build("resnet18", ModelOptions.of(new Shape(3, 64, 64), 10));

    @TempDir
    Path folder;

    private static InitialWeights from(Path file, int freshDepth) {
        return new InitialWeights(
                Initialisation.HE_NORMAL_FAN_OUT,
                5,
                InitialWeights.ResidualStart.ONE,
                new InitialWeights.Pretrained(
                        file.toString(), new PretrainedChoice(PretrainedCopy.TRAINED, freshDepth)));
    }

    private static Weights begun(ModelSpec spec, InitialWeights.ResidualStart start) {
        return new InitialWeights(Initialisation.HE_NORMAL_FAN_OUT, 5, start).of(spec);
    }

    @Test
    void theLastNormOfEachBlockBeginsAtZeroAndAllElseAsItWould() {
        ModelOptions options = ModelOptions.of(new Shape(3, 64, 64), 10);
        Variation deep = new Variation(Variation.Skips.ON, Variation.Norms.ON, 0.3f);
        for (ModelSpec spec : List.of(
                SPEC, Architectures.build("resnet50", options), Architectures.build("resnet18", options.with(deep)))) {
            Weights one = begun(spec, InitialWeights.ResidualStart.ONE);
            Weights zero = begun(spec, InitialWeights.ResidualStart.ZERO);
            String last = spec.architecture().equals("resnet50")
                    ? "layer\\d\\.\\d\\.bn3\\.weight"
                    : "layer\\d\\.\\d\\.bn2\\.weight";
            int blocks = 0;
            for (Slice slice : spec.layout().slices()) {
                if (slice.name().matches(last)) {
                    assertThat(zero.slice(slice.name())).as(slice.name()).containsOnly(0f);
                    blocks++;
                } else {
                    assertThat(Arrays.equals(zero.slice(slice.name()), one.slice(slice.name())))
                            .as(slice.name())
                            .isTrue();
                }
            }
            assertThat(blocks).as("blocks").isEqualTo(spec.architecture().equals("resnet50") ? 16 : 8);
        }
    }

    /** In both engines: what enters a block without projection is above zero, and comes out as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"onednn", "dl4j"})
    void blocksBeginAsTheIdentityWhereTheirLastNormBeginsAtZero(String engine) {
        Images images = GoldenFill.images(2, 3, 64, 1);
        for (InitialWeights.ResidualStart start : InitialWeights.ResidualStart.values()) {
            try (Session session = Engines.named(engine).open(SPEC, begun(SPEC, start), SessionOptions.plain())) {
                float[] entering = session.features(images, "maxpool");
                float[] leaving = session.features(images, "layer1.1.relu");
                assertThat(meanSquare(entering))
                        .as("mean square of what enters")
                        .isGreaterThan(0.01);
                assertThat(Arrays.equals(leaving, entering))
                        .as("identity with %s", start)
                        .isEqualTo(start == InitialWeights.ResidualStart.ZERO);
            }
        }
    }

    /**
     * Ten dense layers of 256 units with ReLUs, in both engines. He keeps the mean square from layer to layer (to about 8 %, as
     * the fourth power of a normal has it); Xavier, whose weights are the same draws times the root of a half, halves it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"onednn", "dl4j"})
    void heKeepsTheSpreadOfSignalsThroughTheDepthAndXavierHalvesIt(String engine) {
        int layers = 10;
        float[] he = signals(engine, Initialisation.HE_NORMAL_FAN_IN, layers);
        float[] xavier = signals(engine, Initialisation.XAVIER_NORMAL, layers);
        assertThat(meanSquare(he)).as("mean square, of images with 1").isBetween(2 * 0.4, 2 * 2.5);
        assertThat(meanSquare(xavier) / meanSquare(he))
                .as("Xavier's beside He's")
                .isCloseTo(Math.pow(0.5, layers), within(1e-4 * Math.pow(0.5, layers)));
    }

    private static float[] signals(String engine, Initialisation kind, int layers) {
        List<Node> nodes = new ArrayList<>(List.of(new Node("flatten", new Layer.Flatten(), List.of(ModelSpec.INPUT))));
        for (int i = 0; i < layers; i++) {
            String before = nodes.get(nodes.size() - 1).name();
            nodes.add(new Node("dense" + i, new Layer.Dense(256, 256, true), List.of(before)));
            if (i < layers - 1) {
                nodes.add(new Node("relu" + i, new Layer.Relu(), List.of("dense" + i)));
            }
        }
        ModelSpec spec = new ModelSpec("deep", new Shape(1, 16, 16), nodes);
        float[] pixels = new float[64 * 256];
        RandomStream random = RandomStream.of(1, "pixels");
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        Images images = new Images.Floats(pixels, 64, 1, 16, 16);
        SessionOptions plain = SessionOptions.plain().withNormalisation(new Normalisation(List.of(0f), List.of(1f)));
        try (Session session = Engines.named(engine).open(spec, kind.weights(spec, 5), plain)) {
            return session.infer(images);
        }
    }

    private static double meanSquare(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum / values.length;
    }

    @Test
    void aFileIsLaidOverWhatTheSeedGives() {
        Weights trained = Initialisation.HE_NORMAL_FAN_OUT.weights(SPEC, 77);
        Path file = folder.resolve("weights.safetensors");
        SafetensorsWriter.write(STORAGE, file.toString(), NamedFloats.of(trained), Map.of());
        assertThat(from(file, 0).of(SPEC, STORAGE).values()).isEqualTo(trained.values());
        Weights begun = from(file, 1).of(SPEC, STORAGE);
        assertThat(begun.slice("layer4.1.conv2.weight")).isEqualTo(trained.slice("layer4.1.conv2.weight"));
        assertThat(begun.slice("fc.weight"))
                .isEqualTo(Initialisation.HE_NORMAL_FAN_OUT.weights(SPEC, 5).slice("fc.weight"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> from(folder.resolve("gone.pth"), 0).of(SPEC, STORAGE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("gone.pth: it does not exist");
    }
}
