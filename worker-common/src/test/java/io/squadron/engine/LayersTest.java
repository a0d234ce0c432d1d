package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.failure.Failure;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.testing.GoldenFill;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers whose formulas have corners that no architecture of the registry looks into. */
class LayersTest {
    private static final int SIZE = 6;
    private static final Layer.Window HANGING = Layer.Window.square(3, 2, 1);

    static List<Engine> engines() {
        return TestedEngines.all();
    }

    /** torch.nn.AvgPool2d(3, 2, 1, ceil_mode=True) of six ones in a row is 2/3, 1, 1, 1/2. */
    @ParameterizedTest
    @MethodSource("engines")
    void meansOfWindowsThatHangOverTheEdgeAreTorchs(Engine engine) {
        ModelSpec spec = network(new Layer.AveragePool(HANGING, true));
        float[] ones = new float[3 * SIZE * SIZE];
        Arrays.fill(ones, 1f);
        double[] side = {2.0 / 3, 1, 1, 0.5};
        try (Session session = engine.open(spec, passing(spec), SessionOptions.plain())) {
            float[] found = session.features(new Images.Floats(ones, 1, 3, SIZE, SIZE), "layer");
            assertThat(found).as("means").hasSize(4 * 16);
            for (int i = 0; i < 16; i++) {
                assertThat((double) found[i]).as("mean %d", i).isCloseTo(side[i / 4] * side[i % 4], within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void maximaOfWindowsThatHangOverTheEdgeAreOfThePixelsInside(Engine engine) {
        ModelSpec spec = network(new Layer.MaxPool(HANGING, true));
        float[] falling = new float[3 * SIZE * SIZE];
        for (int i = 0; i < falling.length; i++) {
            falling[i] = -1 - i % (SIZE * SIZE);
        }
        try (Session session = engine.open(spec, passing(spec), SessionOptions.plain())) {
            float[] found = session.features(new Images.Floats(falling, 1, 3, SIZE, SIZE), "layer");
            int[] first = {0, 1, 3, 5};
            for (int i = 0; i < 16; i++) {
                assertThat(found[i]).as("maximum %d", i).isEqualTo(-1 - first[i / 4] * SIZE - first[i % 4]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void responseNormIsTheFormula(Engine engine) {
        for (int size : new int[] {1, 3, 5, 2, 4}) {
            if (size % 2 == 1 || engine.name().equals("dl4j")) {
                checkResponseNorm(engine, new Layer.LocalResponseNorm(size, 0.8f, 0.75f, 1.5f));
            }
        }
    }

    @Test
    void theFastEngineSaysWhatItCannot() {
        ModelSpec spec = network(new Layer.LocalResponseNorm(4, 1e-4f, 0.75f, 1f));
        Engine engine = TestedEngines.named("onednn");
        try (Session session = engine.open(spec, GoldenFill.weights(spec, 1), SessionOptions.plain())) {
            assertThatThrownBy(() -> session.infer(GoldenFill.images(2, 3, SIZE, 1)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("no response norm over an even number of channels");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void slopesGoThroughThem(Engine engine) {
        checkSlopes(engine, network(new Layer.AveragePool(HANGING, true)));
        checkSlopes(engine, network(new Layer.MaxPool(HANGING, true)));
        checkSlopes(engine, network(new Layer.LocalResponseNorm(3, 0.8f, 0.75f, 1.5f)));
        if (engine.name().equals("dl4j")) {
            checkSlopes(engine, network(new Layer.LocalResponseNorm(4, 0.8f, 0.75f, 1.5f)));
        }
    }

    private static void checkResponseNorm(Engine engine, Layer.LocalResponseNorm layer) {
        ModelSpec spec = network(layer);
        int area = SIZE * SIZE;
        // x: the images' three channels and a fourth of zeros
        float[] pixels = GoldenFill.images(2, 3, SIZE, 1).values();
        float[] x = new float[2 * 4 * area];
        System.arraycopy(pixels, 0, x, 0, 3 * area);
        System.arraycopy(pixels, 3 * area, x, 4 * area, 3 * area);
        try (Session session = engine.open(spec, passing(spec), SessionOptions.plain())) {
            float[] y = session.features(GoldenFill.images(2, 3, SIZE, 1), "layer");
            for (int i = 0; i < x.length; i++) {
                int c = i / area % 4;
                double sum = 0;
                for (int j = Math.max(0, c - layer.size() / 2); j <= Math.min(3, c + (layer.size() - 1) / 2); j++) {
                    sum += Math.pow(x[i + (j - c) * area], 2);
                }
                double expected = x[i] / Math.pow(layer.k() + layer.alpha() / layer.size() * sum, layer.beta());
                assertThat((double) y[i])
                        .as("element %d with %s", i, layer)
                        .isCloseTo(expected, within(2e-6 + 2e-6 * Math.abs(expected)));
            }
        }
    }

    /** conv, the layer in question, head. */
    private static ModelSpec network(Layer layer) {
        Layer.Convolution convolution = new Layer.Convolution(3, 4, Layer.Window.square(3, 1, 1), 1, true);
        int area = layer instanceof Layer.LocalResponseNorm ? SIZE * SIZE : 16;
        return new ModelSpec(
                "layers",
                new Shape(3, SIZE, SIZE),
                List.of(
                        new Node("conv", convolution, List.of(ModelSpec.INPUT)),
                        new Node("layer", layer, List.of("conv")),
                        new Node("flatten", new Layer.Flatten(), List.of("layer")),
                        new Node("fc", new Layer.Dense(4 * area, 3, true), List.of("flatten"))));
    }

    /** Weights with which conv passes the three channels of the image on; the fourth is zero. */
    private static Weights passing(ModelSpec spec) {
        Weights weights = GoldenFill.weights(spec, 1);
        float[] taps = new float[4 * 3 * 9];
        for (int c = 0; c < 3; c++) {
            taps[(c * 3 + c) * 9 + 4] = 1f;
        }
        weights.setSlice("conv.weight", taps);
        weights.setSlice("conv.bias", new float[4]);
        return weights;
    }

    /** Central differences of the loss in one element of each tensor. */
    private static void checkSlopes(Engine engine, ModelSpec spec) {
        Weights weights = GoldenFill.weights(spec, 1);
        Batch batch = new Batch(GoldenFill.images(4, 3, SIZE, 1), GoldenFill.labels(4, 3));
        try (Session session = engine.open(spec, weights, SessionOptions.plain())) {
            assertThat(session.step(batch).samples()).isEqualTo(4);
            float[] gradient = session.gradient().clone();
            for (Slice slice : spec.layout().slices()) {
                int at = (slice.offset() + slice.end()) / 2;
                float before = weights.values()[at];
                weights.values()[at] = before + 1e-3f;
                double loss = session.step(batch).lossSum();
                weights.values()[at] = before - 1e-3f;
                double slope = (loss - session.step(batch).lossSum()) / 2e-3;
                weights.values()[at] = before;
                assertThat((double) gradient[at])
                        .as(
                                "slope of %s by %s",
                                slice.name(), spec.node("layer").layer())
                        .isCloseTo(slope, within(0.02 * Math.abs(slope) + 0.005));
            }
        }
    }
}
