package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.collective.Wire;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.schedule.Averaging;
import io.squadron.engine.Compute;
import io.squadron.engine.Session;
import io.squadron.evaluation.Tally;
import io.squadron.model.Freeze;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.optim.Sgd;
import io.squadron.replica.Examiner;
import io.squadron.replica.NormStatistics;
import io.squadron.replica.Origin;
import io.squadron.replica.SavedModel;
import io.squadron.replica.Synchronisation.BatchNormMode;
import io.squadron.replica.TrainingJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in which replicas may stay one model; that they do, each round checks by the hash of every state. */
class SynchronisationModesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"3, EXACT, 3", "3, AVERAGED, 2", "3, LOCAL, 2", "1, AVERAGED, 3", "1, LOCAL, 2"})
    void replicasEndEachRoundAlikeAndLearn(int every, BatchNormMode batchNorm, int replicas) {
        TrainingRig rig = rig(replicas, 8, Averaging.every(every), batchNorm, 0);
        List<Double> losses = train(rig, rig.job(), new ArrayList<>());

        int steps = losses.size();
        assertThat(mean(losses.subList(steps - 4, steps)))
                .as("mean loss of the last epoch, of %s", losses)
                .isLessThan(0.9 * mean(losses.subList(0, 4)));
    }

    @Test
    void localStepsAreNotStepsOfOneLargeBatch() {
        TrainingRig exact = rig(2, 1, Averaging.every(1), BatchNormMode.EXACT, 0);
        TrainingRig local = rig(2, 1, Averaging.every(3), BatchNormMode.EXACT, 0);

        List<Double> together = train(exact, exact.job(), new ArrayList<>());
        List<Double> apart = train(local, local.job(), new ArrayList<>());

        assertThat(apart.get(0)).as("loss before anybody has learned").isEqualTo(together.get(0));
        assertThat(apart.get(2)).as("loss while the replicas are apart").isNotEqualTo(together.get(2));
    }

    @Test
    void frozenLayersKeepTheirWeightsAndStatistics() {
        TrainingRig rig = rig(2, 2, Averaging.every(1), BatchNormMode.EXACT, 0);
        Freeze freeze = Freeze.named(rig.spec(), List.of("conv1", "bn1"));
        TrainingJob job = Jobs.frozen(freeze, rig.job());
        train(rig, job, new ArrayList<>());

        float[] before = job.network().initialWeights().of(rig.spec()).values();
        float[] after = weights(rig, job, "weights").values();
        for (Slice slice : rig.spec().layout().slices()) {
            float[] begun = Arrays.copyOfRange(before, slice.offset(), slice.end());
            float[] ended = Arrays.copyOfRange(after, slice.offset(), slice.end());
            if (freeze.holds(slice)) {
                assertThat(ended).as("frozen %s", slice.name()).isEqualTo(begun);
            } else {
                assertThat(ended).as("trained %s", slice.name()).isNotEqualTo(begun);
            }
        }
    }

    @Test
    void theRunningAverageOfTheWeightsIsWhatIsExamined() {
        TrainingRig rig = rig(1, 2, Averaging.every(1), BatchNormMode.EXACT, 0.9);
        List<Tally> tallies = new ArrayList<>();
        train(rig, rig.job(), tallies);

        Tally examined = tallies.get(tallies.size() - 1);
        assertThat(examined.lossSum())
                .as("loss of the averaged weights")
                .isCloseTo(loss(rig, "average"), within(1e-6 * examined.lossSum()));
        assertThat(examined.lossSum())
                .as("loss of the weights of the last step")
                .isNotCloseTo(loss(rig, "weights"), within(1e-3 * examined.lossSum()));
        assertThat(latest(rig).bestVector()).as("vector that evaluate takes").isEqualTo("average");
    }

    @ParameterizedTest
    @CsvSource({"PRECISE, 0, 2, 0", "PRECISE, 20, 1, 0.9", "EXACT, 20, 2, 0"})
    void measuredStatisticsAreEvaluatedBesideTheRunningOnesAndSaved(
            NormStatistics.Method method, int samples, int replicas, double average) {
        TrainingRig rig = rig(replicas, 1, Averaging.every(1), BatchNormMode.EXACT, average);
        TrainingJob job = Jobs.evaluatedWith(new NormStatistics(method, samples, 6), rig.job());
        List<TrainingEvent.Evaluated> seen = new ArrayList<>();
        TrainingListener listener = event -> {
            if (event instanceof TrainingEvent.Evaluated evaluated) {
                seen.add(evaluated);
            }
        };
        try (RoundRunner runner = new LocalRoundRunner(job, event -> {})) {
            rig.loop(runner, new Origin.Fresh(), listener).run(rig.summary(0));
        }
        TrainingEvent.Evaluated last = seen.get(seen.size() - 1);
        assertThat(last.running().samples())
                .as("samples seen with running statistics")
                .isEqualTo(last.tally().samples());
        // Four steps at momentum 0.1 leave much of where running statistics began: mean 0, variance 1.
        assertThat(last.running().lossSum())
                .as("loss with running statistics")
                .isNotCloseTo(last.tally().lossSum(), within(1e-2));
        assertThat(last.tally().lossSum())
                .as("loss of what was saved")
                .isCloseTo(
                        loss(rig, average > 0 ? "average" : "weights"),
                        within(1e-5 * last.tally().lossSum()));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32", "BFLOAT16"})
    void gradientsMayTravelInHalfTheBytes(Wire wire) {
        TrainingRig rig = rig(2, 8, Averaging.every(1), BatchNormMode.EXACT, 0);
        List<Double> whole = train(rig, rig.job(), new ArrayList<>());
        List<Double> losses =
                train(rig, Jobs.synchronisedBy(rig.job().sync().with(wire), rig.job()), new ArrayList<>());

        if (wire == Wire.FLOAT32) {
            assertThat(losses).as("losses in float32").isEqualTo(whole);
            return;
        }
        assertThat(losses).as("losses in bfloat16").isNotEqualTo(whole);
        assertThat(losses.get(1))
                .as("loss after one step, of a gradient with 8 bits")
                .isCloseTo(whole.get(1), within(1e-2));
        assertThat(mean(losses.subList(losses.size() - 4, losses.size())))
                .as("mean loss of the last epoch")
                .isLessThan(0.9 * mean(losses.subList(0, 4)));
    }

    private TrainingRig rig(int replicas, int epochs, Averaging averaging, BatchNormMode batchNorm, double average) {
        String run = directory.resolve("run " + averaging.every()).toString();
        TrainingRig plain = TrainingRig.exact(run, replicas, 46, 12, epochs);
        return new TrainingRig(
                plain.run(),
                plain.storage(),
                replicas,
                plain.samples(),
                plain.globalBatch(),
                epochs,
                averaging,
                batchNorm,
                new Sgd(0.9, Sgd.Form.NESTEROV),
                average,
                "dl4j");
    }

    /** Trains to the end and returns the loss of each step; {@code tallies} receives every evaluation. */
    private static List<Double> train(TrainingRig rig, TrainingJob job, List<Tally> tallies) {
        TrainingListener listener = event -> {
            if (event instanceof TrainingEvent.Evaluated evaluated) {
                tallies.add(evaluated.tally());
            }
        };
        try (LossRecorder recorder = new LossRecorder(new LocalRoundRunner(job, event -> {}))) {
            rig.loop(recorder, new Origin.Fresh(), listener).run(rig.summary(0));
            return recorder.losses();
        }
    }

    private static double mean(List<Double> losses) {
        return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double loss(TrainingRig rig, String vector) {
        TrainingJob job = rig.job();
        SavedModel model = new SavedModel(job.network(), latest(rig).state(), vector, rig.storage());
        try (Session session = model.open(Compute.plain())) {
            return new Examiner(rig.samples().open(), job.feeding().evaluation(), 1)
                    .tally(rig.examination(), session::infer)
                    .lossSum();
        }
    }

    private static Weights weights(TrainingRig rig, TrainingJob job, String vector) {
        return new SavedModel(job.network(), latest(rig).state(), vector, rig.storage()).weights();
    }

    private static Checkpoint latest(TrainingRig rig) {
        LatestCheckpoint latest = rig.store().latest();
        assertThat(latest).as("latest checkpoint").isInstanceOf(LatestCheckpoint.Found.class);
        return ((LatestCheckpoint.Found) latest).checkpoint();
    }
}
