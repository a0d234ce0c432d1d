package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.failure.Failure;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine promises, on networks of a few hundred weights. */
class EngineContractTest {
    private static final int CLASSES = 5;

    private final ModelSpec residual = TinyModels.residual(CLASSES);

    static List<Engine> engines() {
        return TestedEngines.all();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void gradientIsTheSlopeOfTheLoss(Engine engine) {
        checkSlopes(engine, residual, SessionOptions.plain());
        checkSlopes(engine, TinyModels.plain(CLASSES), SessionOptions.plain().withLoss(Loss.smoothed(0.1f)));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void frozenPrefixHasNoGradientAndTheRestIsStillTheSlope(Engine engine) {
        SessionOptions frozen = SessionOptions.plain().withFreeze(Freeze.below(residual, 1));
        float[] gradient = checkSlopes(engine, residual, frozen);
        for (Slice slice : residual.layout().slices()) {
            if (frozen.freeze().holds(slice)) {
                assertThat(Arrays.copyOfRange(gradient, slice.offset(), slice.end()))
                        .as("gradient of frozen %s", slice.name())
                        .containsOnly(0f);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void frozenNormInTheMiddleUsesRunningStatisticsBothWaysAndKeepsThem(Engine engine) {
        SessionOptions frozen = SessionOptions.plain()
                .withFreeze(new Freeze(java.util.Set.of("layer1.bn1")))
                .withNormSync(new Refusing("layer1.bn1"));
        checkSlopes(engine, residual, frozen);
        Weights weights = GoldenFill.weights(residual, 1);
        float[] before = weights.slice("layer1.bn1.running_var");
        float[] trained = weights.slice("bn1.running_var");
        try (Session session = engine.open(residual, weights, frozen)) {
            assertThat(session.step(batch(0, 6)).samples()).isEqualTo(6);
        }
        assertThat(weights.slice("layer1.bn1.running_var"))
                .as("frozen statistics")
                .isEqualTo(before);
        assertThat(weights.slice("bn1.running_var")).as("trained statistics").isNotEqualTo(trained);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void stepWritesNothingButRunningStatistics(Engine engine) {
        Weights weights = GoldenFill.weights(residual, 1);
        Weights before = weights.copy();
        try (Session session = engine.open(residual, weights, SessionOptions.plain())) {
            assertThat(session.step(batch(0, 4)).samples()).isEqualTo(4);
            assertThat(session.weights()).as("live weights").isSameAs(weights);
        }
        for (Slice slice : residual.layout().slices()) {
            if (slice.role().learned()) {
                assertThat(weights.slice(slice.name())).as(slice.name()).isEqualTo(before.slice(slice.name()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void replicasOfAnySizeComputeAsOne(Engine engine) throws Exception {
        checkReplicas(engine, 5, 3, 2);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void replicaWithoutSamplesTakesPartInEveryExchange(Engine engine) throws Exception {
        checkReplicas(engine, 6, 0, 4);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void sameStateGivesTheSameBits(Engine engine) {
        Weights first = GoldenFill.weights(residual, 1);
        Weights second = first.copy();
        try (Session one = engine.open(residual, first, SessionOptions.plain());
                Session other = engine.open(residual, second, SessionOptions.plain())) {
            for (int step = 0; step < 3; step++) {
                StepResult expected = one.step(batch(step, 4));
                assertThat(other.step(batch(step, 4))).as("step %d", step).isEqualTo(expected);
                descend(one);
                descend(other);
            }
            assertThat(second.values()).as("weights").isEqualTo(first.values());
            Images images = batch(9, 4).images();
            assertThat(other.infer(images)).as("logits").isEqualTo(one.infer(images));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void weightsThatTheCallerChangesCountFromTheNextCall(Engine engine) {
        Weights weights = GoldenFill.weights(residual, 1);
        Images images = batch(0, 3).images();
        try (Session session = engine.open(residual, weights, SessionOptions.plain())) {
            float[] before = session.infer(images);
            weights.setSlice("fc.bias", new float[] {10, 0, 0, 0, 0});
            weights.setSlice("fc.weight", new float[6 * CLASSES]);
            assertThat(session.infer(images))
                    .as("logits after, not %s", Arrays.toString(before))
                    .startsWith(10f, 0f, 0f, 0f, 0f);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void bytesAreNormalisedAsIfTheCallerHadDoneIt(Engine engine) {
        Normalisation normalisation = new Normalisation(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.25f, 0.3f));
        byte[] bytes = new byte[2 * 8 * 8 * 3];
        float[] floats = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 37);
            int channel = i % 3;
            int at = (i / 192 * 3 + channel) * 64 + i / 3 % 64;
            floats[at] = ((bytes[i] & 0xff) / 255f - normalisation.mean().get(channel))
                    / normalisation.deviation().get(channel);
        }
        SessionOptions options = SessionOptions.plain().withNormalisation(normalisation);
        try (Session session = engine.open(residual, GoldenFill.weights(residual, 1), options)) {
            float[] expected = session.infer(new Images.Floats(floats, 2, 3, 8, 8));
            assertThat(session.infer(new Images.Bytes(bytes, 2, 8, 8, 3)))
                    .as("logits")
                    .containsExactly(expected, within(1e-4f));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void manyImagesAreInferredAsEachAlone(Engine engine) {
        Images.Floats many = (Images.Floats) batch(0, 300).images();
        try (Session session = engine.open(residual, GoldenFill.weights(residual, 1), SessionOptions.plain())) {
            float[] all = session.infer(many);
            assertThat(all).hasSize(300 * CLASSES);
            float[] last = Arrays.copyOfRange(many.values(), 299 * 192, 300 * 192);
            assertThat(Arrays.copyOfRange(all, 299 * CLASSES, 300 * CLASSES))
                    .as("logits of the last image")
                    .containsExactly(session.infer(new Images.Floats(last, 1, 3, 8, 8)), within(1e-5f));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void featuresAreWhatLeavesANode(Engine engine) {
        Weights weights = GoldenFill.weights(residual, 1);
        Images images = batch(0, 3).images();
        try (Session session = engine.open(residual, weights, SessionOptions.plain())) {
            assertThat(session.features(images, "layer1.add"))
                    .as("inner activation")
                    .hasSize(3 * 6 * 2 * 2);
            assertThat(session.features(images, residual.nodes().get(0).name()))
                    .as("what leaves the first layer")
                    .isNotEmpty();
            float[] pooled = session.features(images, "avgpool");
            double logit = weights.slice("fc.bias")[0];
            for (int i = 0; i < 6; i++) {
                logit += (double) pooled[i] * weights.slice("fc.weight")[i];
            }
            assertThat((double) session.infer(images)[0]).as("first logit").isCloseTo(logit, within(1e-4));
            assertThatThrownBy(() -> session.features(images, "nothing"))
                    .as("unknown node")
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("nothing");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void poolIsPaddedWithMinusInfinity(Engine engine) {
        Weights weights = GoldenFill.weights(residual, 1);
        weights.setSlice("bn1.bias", new float[] {-50, -50, -50, -50});
        try (Session session = engine.open(residual, weights, SessionOptions.plain())) {
            for (float value : session.features(batch(0, 2).images(), "maxpool")) {
                assertThat(value).as("maximum of negative values").isNegative();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void newHeadLearnsOnTheOldBody(Engine engine) {
        ModelSpec other = residual.withClasses(2);
        Weights weights = GoldenFill.weights(other, 1);
        Initialisation.HE_NORMAL_FAN_IN.fill(weights.values(), weights.layout().slice("fc.weight"), 1);
        try (Session session = engine.open(other, weights, SessionOptions.plain())) {
            Batch batch = new Batch(batch(0, 4).images(), new int[] {0, 1, 0, 1});
            double before = session.step(batch).lossSum();
            for (int i = 0; i < 20; i++) {
                descend(session);
                assertThat(session.step(batch).samples()).isEqualTo(4);
            }
            assertThat(session.step(batch).lossSum()).as("loss after 20 steps").isLessThan(0.8 * before);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void wrongInputIsNamed(Engine engine) {
        try (Session session = engine.open(residual, GoldenFill.weights(residual, 1), SessionOptions.plain())) {
            Batch good = batch(0, 2);
            assertThatThrownBy(() -> session.step(new Batch(good.images(), new int[] {0, CLASSES})))
                    .isInstanceOfSatisfying(
                            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                    .hasMessageContaining("label is 5");
            assertThatThrownBy(() -> session.infer(new Images.Floats(new float[300], 1, 3, 10, 10)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("3x10x10")
                    .hasMessageContaining("3x8x8");
            assertThatThrownBy(() -> session.infer(new Images.Bytes(new byte[64], 1, 8, 8, 1)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("1x8x8");
            assertThat(session.step(good).samples()).as("the session goes on").isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void layerThatDoesNotFitIsNamedWithItsSizes(Engine engine) {
        ModelSpec gray = new ModelSpec("tiny", new Shape(1, 8, 8), residual.nodes());
        ModelSpec wide = new ModelSpec(
                "tiny",
                TinyModels.IMAGE,
                List.of(
                        new Node("avgpool", new Layer.GlobalAveragePool(), List.of(ModelSpec.INPUT)),
                        new Node("fc", new Layer.Dense(6, CLASSES, true), List.of("avgpool"))));
        assertThatThrownBy(() -> open(engine, gray))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("layer 'conv1' gets 1x8x8 (expected 3 channels)");
        assertThatThrownBy(() -> open(engine, wide))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("layer 'fc' gets 3x1x1 (expected 6 channels)");
        assertThatThrownBy(() -> open(engine, new ModelSpec("tiny", TinyModels.IMAGE, List.of(hugeWindow()))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("layer 'conv1' gets 3x8x8, smaller than its 11x11 window");
    }

    private static Node hugeWindow() {
        Layer window = new Layer.Convolution(3, 4, Layer.Window.square(11, 1, 0), 1, false);
        return new Node("conv1", window, List.of(ModelSpec.INPUT));
    }

    private static Session open(Engine engine, ModelSpec spec) {
        return engine.open(spec, GoldenFill.weights(spec, 1), SessionOptions.plain());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void brokenNumbersStopTheStep(Engine engine) {
        Weights weights = GoldenFill.weights(residual, 1);
        weights.setSlice("fc.bias", new float[] {Float.NaN, 0, 0, 0, 0});
        try (Session session = engine.open(residual, weights, SessionOptions.plain())) {
            assertThatThrownBy(() -> session.step(batch(0, 2)))
                    .isInstanceOfSatisfying(
                            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.NUMERIC));
        }
    }

    @Test
    void batchesOfTheSameSeedAreTheSame() {
        assertThat(((Images.Floats) batch(3, 2).images()).values())
                .as("images")
                .isEqualTo(((Images.Floats) batch(3, 2).images()).values());
    }

    /** The gradient against central differences in a few elements of every learned slice; returns the gradient. */
    static float[] checkSlopes(Engine engine, ModelSpec spec, SessionOptions options) {
        Weights weights = GoldenFill.weights(spec, 1);
        Weights pristine = weights.copy();
        Batch batch = batch(0, 6);
        try (Session session = engine.open(spec, weights, options)) {
            assertThat(session.step(batch).samples()).isEqualTo(6);
            float[] gradient = session.gradient().clone();
            for (Slice slice : spec.layout().slices()) {
                if (slice.role().learned() && !options.freeze().holds(slice)) {
                    for (int at : new int[] {slice.offset(), (slice.offset() + slice.end()) / 2, slice.end() - 1}) {
                        double slope = slope(session, pristine, batch, at);
                        assertThat((double) gradient[at])
                                .as("gradient of element %d of %s", at - slice.offset(), slice.name())
                                .isCloseTo(slope, within(0.02 * Math.abs(slope) + 0.02));
                    }
                }
            }
            return gradient;
        }
    }

    private static double slope(Session session, Weights pristine, Batch batch, int at) {
        float step = 5e-4f;
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            System.arraycopy(pristine.values(), 0, session.weights().values(), 0, pristine.values().length);
            session.weights().values()[at] += side == 0 ? -step : step;
            losses[side] = session.step(batch).lossSum();
        }
        System.arraycopy(pristine.values(), 0, session.weights().values(), 0, pristine.values().length);
        return (losses[1] - losses[0]) / (2 * step);
    }

    /** One session on all samples against one per count on its share; float32 sums in other orders differ by 1e-5. */
    private void checkReplicas(Engine engine, int... counts) throws Exception {
        int total = Arrays.stream(counts).sum();
        Weights alone = GoldenFill.weights(residual, 1);
        float[] expected;
        StepResult expectedResult;
        try (Session session = engine.open(residual, alone, SessionOptions.plain())) {
            expectedResult = session.step(batch(0, total));
            expected = session.gradient().clone();
        }
        record Outcome(StepResult result, float[] gradient, Weights weights) {}
        List<Outcome> outcomes = Meeting.of(counts.length, rank -> () -> {
            Weights weights = GoldenFill.weights(residual, 1);
            try (Session session =
                    engine.open(residual, weights, SessionOptions.plain().withNormSync(rank))) {
                StepResult result = session.step(part(batch(0, total), counts, rank.number()));
                return new Outcome(result, session.gradient().clone(), weights);
            }
        });
        StepResult merged = outcomes.stream().map(Outcome::result).reduce(StepResult.empty(), StepResult::merge);
        assertThat(merged.lossSum()).as("loss").isCloseTo(expectedResult.lossSum(), within(1e-5 * total));
        assertThat(merged.samples()).as("samples").isEqualTo(total);
        float[] sum = new float[expected.length];
        outcomes.forEach(outcome -> {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += outcome.gradient()[i];
            }
            assertThat(outcome.weights().values())
                    .as("running statistics")
                    .containsExactly(alone.values(), within(1e-5f));
        });
        assertThat(sum).as("sum of the gradients").containsExactly(expected, within(1e-4f));
    }

    private static void descend(Session session) {
        float[] values = session.weights().values();
        for (int i = 0; i < values.length; i++) {
            values[i] -= 0.02f * session.gradient()[i];
        }
    }

    private static Batch batch(int seed, int count) {
        return new Batch(GoldenFill.images(count, 3, 8, seed), GoldenFill.labels(count, CLASSES));
    }

    private static Batch part(Batch all, int[] counts, int rank) {
        int from = Arrays.stream(counts, 0, rank).sum();
        int end = from + counts[rank];
        float[] values = ((Images.Floats) all.images()).values();
        return new Batch(
                new Images.Floats(Arrays.copyOfRange(values, from * 192, end * 192), counts[rank], 3, 8, 8),
                Arrays.copyOfRange(all.labels(), from, end));
    }

    /** Statistics of one's own, and an error when a node asks that must not. */
    private record Refusing(String node) implements NormSync {
        @Override
        public Moments statistics(String asked, Moments mine) {
            assertThat(asked).as("node that exchanges statistics").isNotEqualTo(node);
            return mine;
        }

        @Override
        public double[] sums(String asked, double[] mine) {
            assertThat(asked).as("node that exchanges sums").isNotEqualTo(node);
            return mine;
        }
    }
}
