package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients are told of slice by slice, in one order for all engines, and are final when they are. */
class GradientDeliveryTest {
    private static final int CLASSES = 5;

    private final ModelSpec residual = TinyModels.residual(CLASSES);

    static List<Engine> engines() {
        return TestedEngines.all();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void slicesComeInBackwardOrderWithTheirLastValues(Engine engine) {
        check(engine, residual, Freeze.none());
        check(engine, residual, Freeze.below(residual, 1));
        check(engine, residual, new Freeze(java.util.Set.of("layer1.bn1", "fc")));
        check(engine, TinyModels.plain(CLASSES), Freeze.none());
    }

    private static void check(Engine engine, ModelSpec spec, Freeze freeze) {
        Recorder recorder = new Recorder();
        SessionOptions options = SessionOptions.plain().withFreeze(freeze).withGradients(recorder);
        try (Session session = engine.open(spec, GoldenFill.weights(spec, 1), options)) {
            recorder.gradient = session.gradient();
            for (int step = 0; step < 2; step++) {
                recorder.heard.clear();
                assertThat(session.step(batch(step, 4)).samples()).isEqualTo(4);
                assertThat(recorder.heard.keySet())
                        .as("slices with %s frozen", freeze.nodes())
                        .containsExactlyElementsOf(BackwardOrder.of(spec, freeze));
                recorder.heard.forEach((slice, values) -> assertThat(values)
                        .as("gradient of %s when it was told of", slice.name())
                        .isEqualTo(part(session.gradient(), slice)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void stepWithoutSamplesDeliversZeros(Engine engine) {
        Recorder recorder = new Recorder();
        SessionOptions options = SessionOptions.plain().withGradients(recorder);
        try (Session session = engine.open(residual, GoldenFill.weights(residual, 1), options)) {
            recorder.gradient = session.gradient();
            assertThat(session.step(batch(0, 4)).samples()).isEqualTo(4);
            recorder.heard.clear();
            assertThat(session.step(batch(0, 0)).samples()).isZero();
            assertThat(recorder.heard.keySet())
                    .as("slices")
                    .containsExactlyElementsOf(BackwardOrder.of(residual, Freeze.none()));
            recorder.heard.forEach((slice, values) ->
                    assertThat(values).as("gradient of %s", slice.name()).containsOnly(0f));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatTheListenerThrowsEndsTheStepAndTheSessionGoesOn(Engine engine) {
        Recorder recorder = new Recorder();
        Weights weights = GoldenFill.weights(residual, 1);
        Weights before = weights.copy();
        try (Session session =
                        engine.open(residual, weights, SessionOptions.plain().withGradients(recorder));
                Session other = engine.open(residual, before.copy(), SessionOptions.plain())) {
            recorder.gradient = session.gradient();
            recorder.refused = "layer1.bn1.weight";
            assertThatThrownBy(() -> session.step(batch(0, 4)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no room for layer1.bn1.weight");
            assertThat(weights.values()).as("weights after a step that ended").isEqualTo(before.values());
            recorder.refused = "";
            recorder.heard.clear();
            StepResult expected = other.step(batch(0, 4));
            assertThat(session.step(batch(0, 4))).as("the next step").isEqualTo(expected);
            assertThat(session.gradient()).as("its gradient").isEqualTo(other.gradient());
        }
    }

    private static float[] part(float[] gradient, Slice slice) {
        return Arrays.copyOfRange(gradient, slice.offset(), slice.end());
    }

    private static Batch batch(int seed, int count) {
        return new Batch(GoldenFill.images(count, 3, 8, seed), GoldenFill.labels(count, CLASSES));
    }

    /** Keeps what each slice held when it was told of; throws at one. */
    private static final class Recorder implements GradientListener {
        private final Map<Slice, float[]> heard = new LinkedHashMap<>();
        private final List<String> twice = new ArrayList<>();
        private float[] gradient = new float[0];
        private String refused = "";

        @Override
        public void ready(Slice slice) {
            if (slice.name().equals(refused)) {
                throw new IllegalStateException("no room for " + refused);
            }
            if (heard.put(slice, part(gradient, slice)) != null) {
                twice.add(slice.name());
            }
            assertThat(twice).as("slices told of twice in a step").isEmpty();
        }
    }
}
