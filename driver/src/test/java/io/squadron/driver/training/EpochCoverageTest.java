package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.Split;
import io.squadron.replica.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is left out and nothing comes twice, at any number of replicas. */
class EpochCoverageTest {
    private static final int EPOCHS = 2;

    @TempDir
    private Path directory;

    // Sample counts and batches that divide nothing; the fourth leaves one sample for the last batch of five replicas,
    // the last has a batch smaller than the number of replicas.
    @ParameterizedTest
    @CsvSource({"1, 23, 7", "2, 23, 5", "3, 29, 11", "4, 31, 9", "5, 31, 6", "5, 11, 3"})
    void eachEpochTakesEachSampleOnce(int replicas, int samples, int batch) {
        TrainingRig rig = TrainingRig.exact(directory.toString(), replicas, samples, batch, EPOCHS);
        WatchedSamples watched = WatchedSamples.of(rig.samples());
        List<TrainingEvent.Evaluated> evaluations = new ArrayList<>();

        try (RoundRunner runner = new LocalRoundRunner(Jobs.fedBy(watched, rig.job()), event -> {})) {
            rig.loop(runner, new Origin.Fresh(), event -> {
                        if (event instanceof TrainingEvent.Evaluated evaluated) {
                            evaluations.add(evaluated);
                        }
                    })
                    .run(rig.summary(0));
        }

        Map<Integer, List<Integer>> byEpoch = byEpoch(watched);
        assertThat(byEpoch.keySet()).as("epochs").containsExactly(0, 1);
        byEpoch.forEach((epoch, positions) ->
                assertThat(positions).as("training samples of epoch %d", epoch).containsExactlyElementsOf(all(rig)));
        assertThat(evaluations).as("evaluations").hasSize(EPOCHS);
        List<Integer> validation = IntStream.of(rig.samples().index().positions(Split.VALIDATION))
                .boxed()
                .toList();
        assertThat(watched.shown().stream().sorted().toList())
                .as("validation samples shown in all evaluations")
                .containsExactlyElementsOf(validation.stream()
                        .flatMap(each -> IntStream.range(0, EPOCHS).mapToObj(epoch -> each))
                        .toList());
        assertThat(evaluations)
                .allSatisfy(each -> assertThat(each.tally().samples())
                        .as("samples counted at step %d", each.step())
                        .isEqualTo(validation.size()));
    }

    private static List<Integer> all(TrainingRig rig) {
        return IntStream.of(rig.samples().index().positions(Split.TRAIN))
                .boxed()
                .toList();
    }

    /** Positions taken in each epoch, ascending. */
    private static Map<Integer, List<Integer>> byEpoch(WatchedSamples watched) {
        Map<Integer, List<Integer>> taken = new TreeMap<>();
        for (BatchRequest request : watched.trained()) {
            List<Integer> positions = taken.computeIfAbsent(request.epoch(), absent -> new ArrayList<>());
            IntStream.of(request.samples()).forEach(positions::add);
        }
        taken.values().forEach(positions -> positions.sort(Integer::compare));
        return taken;
    }
}
