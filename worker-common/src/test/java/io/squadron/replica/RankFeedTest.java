package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.dataset.BatchSource;
import io.squadron.engine.Batch;
import io.squadron.engine.Compute;
import io.squadron.engine.Images;
import io.squadron.engine.Loss;
import io.squadron.engine.Normalisation;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Transform;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.optim.Clipping;
import io.squadron.optim.Sgd;
import io.squadron.storage.Storage;
import io.squadron.testing.MemorySamples;
import io.squadron.testing.TinyModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a rank is fed. */
class RankFeedTest {
    private static final int SIZE = 8;
    private static final int IMAGE = SIZE * SIZE * 3;

    /** The third step is too small for all of four ranks. */
    private static final List<StepPlan> STEPS = List.of(
            new StepPlan(7, 2, 0, 12, 0.1, StepPlan.Exchange.GRADIENTS),
            new StepPlan(8, 2, 12, 22, 0.1, StepPlan.Exchange.GRADIENTS),
            new StepPlan(9, 3, 0, 3, 0.1, StepPlan.Exchange.GRADIENTS));

    @Test
    void samplesHaveTheSamePlacesAtAnyNumberOfReplicas() {
        Map<String, Integer> alone = placed(1);
        assertThat(alone).as("places of 25 samples").hasSize(25);
        for (int size = 2; size <= 4; size++) {
            assertThat(placed(size)).as("places with %d replicas", size).isEqualTo(alone);
        }
    }

    /** The hash of the sample at each place, "step 7, 3". */
    private static Map<String, Integer> placed(int size) {
        Map<String, Integer> found = new TreeMap<>();
        for (int rank = 0; rank < size; rank++) {
            try (BatchSource batches = new RankFeed(job(), 7, rank, size).training(STEPS)) {
                for (StepPlan step : STEPS) {
                    Batch batch = batches.take();
                    assertThat(batch.place().step()).as("step").isEqualTo(step.step());
                    byte[] pixels = ((Images.Bytes) batch.images()).values();
                    for (int i = 0; i < batch.count(); i++) {
                        String place = "step %d, %d"
                                .formatted(batch.place().step(), batch.place().first() + i);
                        int hash = Arrays.hashCode(Arrays.copyOfRange(pixels, i * IMAGE, (i + 1) * IMAGE));
                        assertThat(found.put(place, hash))
                                .as("other sample at %s", place)
                                .isNull();
                    }
                }
            }
        }
        return found;
    }

    @Test
    void statisticsAreMeasuredOverTheSameBatchesByAnyNumberOfRanks() {
        NormStatistics statistics = new NormStatistics(NormStatistics.Method.PRECISE, 17, 4);
        List<int[]> alone = population(statistics, 1);

        assertThat(alone).as("batches of 17 samples, at most 4 each").hasSize(5);
        assertThat(alone.stream().flatMapToInt(Arrays::stream).distinct())
                .as("different samples")
                .hasSize(17);
        for (int ranks : List.of(2, 3, 7)) {
            assertThat(population(statistics, ranks))
                    .as("batches of %d ranks", ranks)
                    .containsExactlyElementsOf(alone);
        }
        assertThat(population(new NormStatistics(NormStatistics.Method.EXACT, 0, 30), 2))
                .as("batches of all 22 samples")
                .hasSize(1)
                .first()
                .matches(samples -> samples.length == 22);
    }

    private static List<int[]> population(NormStatistics statistics, int ranks) {
        List<int[]> batches = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            new RankFeed(job(), 7, rank, ranks)
                    .population(statistics, 1)
                    .forEach(request -> batches.add(request.samples()));
        }
        return batches;
    }

    private static TrainingJob job() {
        Transform plain = new EvaluationTransform(SIZE, SIZE);
        Network network = new Network(
                TinyModels.residual(5),
                "dl4j",
                Freeze.none(),
                Normalisation.unit(3),
                new InitialWeights(Initialisation.HE_NORMAL_FAN_OUT, 1, InitialWeights.ResidualStart.ONE),
                Loss.plain());
        return new TrainingJob(
                "file:run",
                network,
                new Learning(Sgd.plain(), List.of(), Clipping.none(), 0),
                new Synchronisation(
                        1,
                        Synchronisation.OptimiserSlots.KEPT,
                        Synchronisation.BatchNormMode.EXACT,
                        Duration.ofSeconds(10)),
                new Feeding(new MemorySamples(22, 0, 5, SIZE, 1), plain, plain, 1, 1),
                new Placement(Compute.plain(), Storage.of(Map.of())));
    }
}
