package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.failure.Failure;
import io.squadron.testing.TinyModels;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses against torch's numbers (docs/results/scripts/loss_golden.py) and against their own slopes. */
class LossTest {
    private static final int CLASSES = 5;
    private static final ClassWeights WEIGHTS = new ClassWeights(List.of(0.5, 2.0, 1.0, 0.25, 1.5));
    private static final Goal HARD = new Goal(0.125f, WEIGHTS);

    static List<Loss> losses() {
        return List.of(
                Loss.plain(),
                new CrossEntropy(HARD),
                new Focal(HARD, 0.5),
                new Focal(HARD, 2),
                new BinaryCrossEntropy(HARD));
    }

    static List<Engine> engines() {
        return TestedEngines.all();
    }

    @Test
    void everyLossAndItsSlopesAreTorchs() throws IOException {
        JsonNode golden;
        try (InputStream in = LossTest.class.getResourceAsStream("/golden/losses.json")) {
            golden = new ObjectMapper().readTree(in);
        }
        Targets targets =
                new Targets(ints(golden.path("labels")), ints(golden.path("others")), floats(golden.path("shares")));
        assertThat(golden.path("cases")).as("cases").hasSize(20);
        for (JsonNode each : golden.path("cases")) {
            float[] gradient = new float[targets.count() * CLASSES];
            StepResult result = loss(each).evaluate(floats(golden.path("logits")), targets, CLASSES, gradient);
            double value = each.path("value").asDouble();
            // Both in float64: what differs is the order of a few dozen additions.
            assertThat(result.lossSum()).as("%s", each).isCloseTo(value, within(1e-12 * Math.abs(value)));
            for (int i = 0; i < gradient.length; i++) {
                double slope = each.path("slopes").path(i).asDouble();
                // Slopes are handed on as float32.
                assertThat((double) gradient[i]).as("slope %d of %s", i, each).isCloseTo(slope, within(1e-6));
            }
        }
    }

    private static Loss loss(JsonNode each) {
        ClassWeights weights = each.path("weighted").asBoolean() ? WEIGHTS : ClassWeights.none();
        Goal goal = new Goal((float) each.path("smoothing").asDouble(), weights);
        return switch (each.path("loss").asText()) {
            case "cross-entropy" -> new CrossEntropy(goal);
            case "focal" -> new Focal(goal, each.path("gamma").asDouble());
            default -> new BinaryCrossEntropy(goal);
        };
    }

    @ParameterizedTest
    @MethodSource("losses")
    void slopesAreThoseOfTheLoss(Loss loss) {
        double[] logits = {0.3, -1.2, 2.5, 0.1, -4};
        double[] target = {0.1, 0.5, 0.2, 0.2, 0};
        double[] weights = loss.goal().weights().of(CLASSES);
        double[] slopes = new double[CLASSES];
        loss.sample(logits, target, weights, slopes);
        double step = 1e-5;
        for (int c = 0; c < CLASSES; c++) {
            double at = logits[c];
            logits[c] = at + step;
            double above = loss.sample(logits, target, weights, new double[CLASSES]);
            logits[c] = at - step;
            double below = loss.sample(logits, target, weights, new double[CLASSES]);
            logits[c] = at;
            assertThat(slopes[c]).as("slope of logit %d", c).isCloseTo((above - below) / (2 * step), within(1e-8));
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aLossOfExtremeLogitsIsFiniteAndSoAreItsSlopes(Loss loss) {
        float[] gradient = new float[CLASSES];
        for (int label : new int[] {0, 1}) {
            StepResult result =
                    loss.evaluate(new float[] {1e4f, -1e4f, 0, 0, 0}, Targets.of(new int[] {label}), CLASSES, gradient);
            assertThat(result.lossSum())
                    .as("loss of label %d", label)
                    .isFinite()
                    .isNotNegative();
            for (float slope : gradient) {
                assertThat(slope).as("slope for label %d", label).isFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void engineTrainsOnTheLossItWasGiven(Engine engine) {
        for (Loss loss : losses()) {
            EngineContractTest.checkSlopes(
                    engine, TinyModels.plain(CLASSES), SessionOptions.plain().withLoss(loss));
        }
    }

    @Test
    void weightsOfClassesHaveMeanOneOverTheirSamples() {
        int[] counts = {1, 10, 1000, 0};
        assertThat(ClassWeights.balanced(counts).each())
                .as("balanced: 1011 / (3 n)")
                .containsExactly(337.0, 33.7, 0.337, 1.0);
        List<Double> effective = ClassWeights.effective(counts, 0.99).each();
        double mean = (effective.get(0) + 10 * effective.get(1) + 1000 * effective.get(2)) / 1011;
        assertThat(mean).as("mean over the samples").isCloseTo(1, within(1e-12));
        assertThat(effective.get(0) / effective.get(1))
                .as("ratio of the first two: (1 - 0.99^10) / (1 - 0.99)")
                .isCloseTo((1 - Math.pow(0.99, 10)) / 0.01, within(1e-9));
        assertThat(ClassWeights.effective(new int[] {3, 7}, 0).each())
                .as("beta 0")
                .containsExactly(1.0, 1.0);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Focal(Goal.plain(), -1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("gamma -1.0");
        assertThatThrownBy(() -> new ClassWeights(List.of(1.0, Double.NaN)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(
                        () -> new CrossEntropy(HARD).evaluate(new float[3], Targets.of(new int[] {0}), 3, new float[3]))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Cannot weigh 3 classes by 5 weights");
    }

    private static int[] ints(JsonNode array) {
        List<Integer> all = new ArrayList<>();
        array.forEach(each -> all.add(each.asInt()));
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private static float[] floats(JsonNode array) {
        float[] all = new float[array.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) array.path(i).asDouble();
        }
        return all;
    }
}
