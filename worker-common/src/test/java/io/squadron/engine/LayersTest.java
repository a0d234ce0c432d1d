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
        try (Session session = engine.open(spec, GoldenFill.weights(spec, 1), SessionOptions.plain())) {
            float[] found = session.features(new Images.Floats(ones, 1, 3, SIZE, SIZE), "layer");
            assertThat(found).as("means").hasSize(3 * 16);
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
        try (Session session = engine.open(spec, GoldenFill.weights(spec, 1), SessionOptions.plain())) {
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
        Images images = GoldenFill.images(2, 3, SIZE, 1);
        try (Session session = engine.open(spec, GoldenFill.weights(spec, 1), SessionOptions.plain())) {
            float[] x = session.features(images, "conv");
            float[] y = session.features(images, "layer");
            int area = SIZE * SIZE;
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

    /** conv, the layer in question, head; the image itself where a pool is looked at. */
    private static ModelSpec network(Layer layer) {
        boolean pool = !(layer instanceof Layer.LocalResponseNorm);
        Layer.Convolution convolution = new Layer.Convolution(3, 4, Layer.Window.square(3, 1, 1), 1, true);
        Node conv = new Node("conv", convolution, List.of(ModelSpec.INPUT));
        Node looked = new Node("layer", layer, List.of(pool ? ModelSpec.INPUT : "conv"));
        Node above = new Node("above", layer, List.of("conv"));
        Node flat = new Node("flatten", new Layer.Flatten(), List.of(pool ? "above" : "layer"));
        Node head = new Node("fc", new Layer.Dense(4 * (pool ? 16 : SIZE * SIZE), 3, true), List.of("flatten"));
        return new ModelSpec(
                "layers",
                new Shape(3, SIZE, SIZE),
                pool ? List.of(conv, looked, above, flat, head) : List.of(conv, looked, flat, head));
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
