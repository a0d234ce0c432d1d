package io.squadron.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.engine.Batch;
import io.squadron.engine.Engines;
import io.squadron.engine.Images;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import io.squadron.optim.Sgd;
import io.squadron.testing.GoldenFill;
import io.squadron.testing.TinyModels;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookingTest {
    private static final ModelSpec SPEC = TinyModels.residual(3);
    private static final double RATE = 0.1;

    private static Batch batch(int seed) {
        return new Batch(GoldenFill.images(6, 3, 8, seed), GoldenFill.labels(6, 3));
    }

    private static Looking looking(Session session) {
        return new Looking(session, SPEC, Normalisation.unit(3), new Sgd(0, Sgd.Form.HEAVY_BALL), RATE);
    }

    private static Session open(Weights weights) {
        return Engines.named("dl4j").open(SPEC, weights, SessionOptions.plain());
    }

    @Test
    void readsWhatEntersEachLayerAndHowItLearns() {
        Weights weights = GoldenFill.weights(SPEC, 1);
        float[] kernel = weights.slice("fc.weight");
        try (Session session = open(weights)) {
            Batch batch = batch(1);
            float[] pooled = session.features(batch.images(), "avgpool");
            NetworkReading reading = looking(session).at("tiny", List.of(batch));
            assertThat(reading.layers())
                    .as("layers")
                    .extracting(each -> each.place().layer())
                    .containsExactly("conv1", "layer1.conv1", "layer1.down", "fc");
            LayerReading head = reading.layers().get(3);
            double mean = IntStream.range(0, pooled.length)
                    .mapToDouble(i -> pooled[i])
                    .average()
                    .orElseThrow();
            assertThat(head.input().level()).as("mean of what enters the head").isCloseTo(mean, within(1e-6));
            double weight = Math.sqrt(IntStream.range(0, kernel.length)
                    .mapToDouble(i -> kernel[i] * kernel[i])
                    .sum());
            assertThat(head.gradient().weight()).as("norm of its weights").isCloseTo(weight, within(1e-6));
            assertThat(head.gradient().update() / head.gradient().gradient())
                    .as("SGD moves by rate times gradient")
                    .isCloseTo(RATE, within(1e-5));
            float[] gradient = session.gradient();
            int from = weights.layout().slice("fc.weight").offset();
            double norm = Math.sqrt(IntStream.range(from, from + kernel.length)
                    .mapToDouble(i -> gradient[i] / 6.0 * gradient[i] / 6.0)
                    .sum());
            assertThat(head.gradient().gradient()).as("of the mean loss").isCloseTo(norm, within(1e-7));
            assertThat(reading.layers().get(1).units().orElseThrow().active())
                    .as("ReLU of layer1.conv1")
                    .isBetween(0.05, 0.95);
        }
    }

    @Test
    void settledNormsGiveMeanZeroAndDeviationOne() {
        try (Session session = open(Initialisation.HE_NORMAL_FAN_IN.weights(SPEC, 3))) {
            Batch batch = batch(2);
            looking(session).settle(batch.images());
            float[] normalised = session.features(batch.images(), "layer1.bn2");
            ChannelSums sums = new ChannelSums(6);
            sums.add(normalised, 6);
            assertThat(sums.activity().mean()).as("means").containsExactly(new double[6], within(1e-4));
            assertThat(sums.activity().spread()).as("spread").isCloseTo(1, within(1e-3));
        }
    }

    @Test
    void brighterImagesLieFarFromOldOnesAndTheAdviceSaysSo() {
        float[] values = ((Images.Floats) batch(5).images()).values();
        for (int i = 0; i < values.length; i++) {
            values[i] += 2;
        }
        Batch bright = new Batch(new Images.Floats(values, 6, 3, 8, 8), GoldenFill.labels(6, 3));
        try (Session first = open(GoldenFill.weights(SPEC, 1));
                Session second = open(GoldenFill.weights(SPEC, 1))) {
            Map<String, Activity> again = looking(first).inputs(List.of(batch(3), batch(4)));
            NetworkReading old = looking(first).at("old", List.of(batch(1), batch(2)));
            Domains same = Domains.of(old, again, old);
            Domains other = Domains.of(old, again, looking(second).at("new", List.of(bright)));
            assertThat(other.layers().get(0).shift().distance())
                    .as("2 of 1 deviation")
                    .isCloseTo(2, within(0.1));
            assertThat(other.layers().get(0).noise())
                    .as("two samples of the old")
                    .isLessThan(0.1);
            assertThat(Advice.on(other).get(0).verdict()).as("advice").isEqualTo(Finding.Verdict.LOOK);
            assertThat(Advice.on(same).get(0).verdict()).as("the old itself").isEqualTo(Finding.Verdict.HEALTHY);
        }
    }
}
