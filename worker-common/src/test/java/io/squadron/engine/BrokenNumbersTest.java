package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Weights;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** NaN and infinity stop a step, and the message names where they came from. */
class BrokenNumbersTest {
    private static final int CLASSES = 5;
    private static final float HUGE = 3e38f;

    private final ModelSpec residual = TinyModels.residual(CLASSES);

    static List<Engine> engines() {
        return TestedEngines.all();
    }

    static Stream<Arguments> broken() {
        return engines().stream()
                .flatMap(engine ->
                        Stream.of(Float.NaN, Float.POSITIVE_INFINITY).map(value -> Arguments.of(engine, value)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void sampleOfTheBatchIsNamed(Engine engine, float value) {
        Batch batch = batch(4);
        ((Images.Floats) batch.images()).values()[2 * 192 + 7] = value;
        check(engine, residual, GoldenFill.weights(residual, 1), batch, "sample 2 holds " + value);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void weightIsNamedAlsoWhereAReluWouldHideIt(Engine engine, float value) {
        for (String name : List.of("conv1.weight", "layer1.bn1.weight", "bn1.running_var", "fc.bias")) {
            Weights weights = GoldenFill.weights(residual, 1);
            float[] values = weights.slice(name);
            values[values.length - 1] = value;
            weights.setSlice(name, values);
            check(engine, residual, weights, batch(4), "weight '%s' holds %s".formatted(name, value));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void layerThatOverflowsForwardIsNamed(Engine engine) {
        for (String layer : List.of("conv1", "layer1.conv1", "layer1.down", "fc")) {
            Weights weights = GoldenFill.weights(residual, 1);
            fill(weights, layer + ".weight", HUGE);
            check(engine, residual, weights, scaled(batch(4), 1000), "layer '%s' (forward)".formatted(layer));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void layerThatOverflowsBackwardIsNamed(Engine engine) {
        ModelSpec chain = chain();
        Weights weights = GoldenFill.weights(chain, 1);
        // Forward: 1e-36 times 1e22, 1e30 and 1e-10. Backward: 1e-12 times 1e30 times 1e22, which is too much.
        fill(weights, "conv1.weight", 1e22f);
        fill(weights, "conv2.weight", 1e30f);
        float[] head = weights.slice("fc.weight");
        for (int i = 0; i < head.length; i++) {
            head[i] *= 1e-10f;
        }
        weights.setSlice("fc.weight", head);
        fill(weights, "fc.bias", 0f);
        check(engine, chain, weights, scaled(batch(4), 1e-36f), "layer 'conv1' (backward)");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void frozenLayersAreNamedToo(Engine engine) {
        Weights weights = GoldenFill.weights(residual, 1);
        fill(weights, "conv1.weight", HUGE);
        SessionOptions options = SessionOptions.plain().withFreeze(Freeze.below(residual, 1));
        try (Session session = engine.open(residual, weights, options)) {
            assertThatThrownBy(() -> session.step(batch(4))).hasMessageContaining("(forward)");
        }
    }

    /** A group of two: the rank whose numbers break says so, and the other is not asked again. */
    @ParameterizedTest
    @MethodSource("engines")
    void groupIsNotAskedAgainWhenAStepIsExplained(Engine engine) {
        Weights weights = GoldenFill.weights(residual, 1);
        fill(weights, "fc.weight", HUGE);
        Counting counting = new Counting();
        try (Session session =
                engine.open(residual, weights, SessionOptions.plain().withNormSync(counting))) {
            assertThatThrownBy(() -> session.step(batch(4))).hasMessageContaining("layer 'fc' (forward)");
        }
        assertThat(counting.asked).as("exchanges of statistics").isEqualTo(3);
    }

    @Test
    void firstOfManyIsFound() {
        float[] values = new float[1003];
        for (int at : new int[] {0, 7, 8, 999, 1002}) {
            for (float broken : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
                Arrays.fill(values, Float.MAX_VALUE);
                assertThat(Finite.all(values, 0, values.length)).as("finite").isTrue();
                values[at] = broken;
                assertThat(Finite.all(values, 0, values.length))
                        .as("element %d", at)
                        .isFalse();
                assertThat(Finite.all(values, at + 1, values.length))
                        .as("behind it")
                        .isTrue();
                assertThat(Finite.first(values, 0, values.length)).as("first").isEqualTo(at);
            }
        }
    }

    /** The step fails as {@code named}, weights stay as they are, and the session takes a good step afterwards. */
    private static void check(Engine engine, ModelSpec spec, Weights weights, Batch batch, String named) {
        float[] before = weights.values().clone();
        Weights good = GoldenFill.weights(spec, 1);
        try (Session session = engine.open(spec, weights, SessionOptions.plain())) {
            assertThatThrownBy(() -> session.step(batch))
                    .isInstanceOfSatisfying(
                            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.NUMERIC))
                    .satisfies(f -> assertThat(f.getMessage()).contains(named));
            assertThat(weights.values()).as("weights after a step that failed").isEqualTo(before);
            System.arraycopy(good.values(), 0, weights.values(), 0, before.length);
            StepResult next = session.step(batch(4));
            try (Session fresh = engine.open(spec, good, SessionOptions.plain())) {
                assertThat(next).as("the next step").isEqualTo(fresh.step(batch(4)));
            }
        }
    }

    private static void fill(Weights weights, String name, float value) {
        float[] values = weights.slice(name);
        Arrays.fill(values, value);
        weights.setSlice(name, values);
    }

    private static Batch scaled(Batch batch, float factor) {
        float[] pixels = ((Images.Floats) batch.images()).values();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] *= factor;
        }
        return batch;
    }

    /** Three layers without a norm between them. */
    private static ModelSpec chain() {
        return new ModelSpec(
                "tiny-chain",
                TinyModels.IMAGE,
                List.of(
                        new Node("conv0", convolution(3), List.of(ModelSpec.INPUT)),
                        new Node("conv1", convolution(2), List.of("conv0")),
                        new Node("conv2", convolution(2), List.of("conv1")),
                        new Node("avgpool", new Layer.GlobalAveragePool(), List.of("conv2")),
                        new Node("fc", new Layer.Dense(2, CLASSES, true), List.of("avgpool"))));
    }

    private static Layer.Convolution convolution(int in) {
        return new Layer.Convolution(in, 2, Layer.Window.square(1, 1, 0), 1, false);
    }

    private static Batch batch(int count) {
        return new Batch(GoldenFill.images(count, 3, 8, 0), GoldenFill.labels(count, CLASSES));
    }

    /** A group of one that says it is a group. */
    private static final class Counting implements NormSync {
        private int asked;

        @Override
        public Moments statistics(String node, Moments mine) {
            asked++;
            return mine;
        }

        @Override
        public double[] sums(String node, double[] mine) {
            asked++;
            return mine;
        }
    }
}
