package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.SampleOrder;
import io.squadron.dataset.Share;
import io.squadron.driver.schedule.Averaging;
import io.squadron.driver.schedule.Cadence;
import io.squadron.driver.schedule.Constant;
import io.squadron.driver.schedule.Extent;
import io.squadron.driver.schedule.PlanSettings;
import io.squadron.driver.schedule.Planner;
import io.squadron.driver.schedule.RoundPlan;
import io.squadron.driver.schedule.Span;
import io.squadron.engine.Compute;
import io.squadron.engine.Engines;
import io.squadron.engine.Loss;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import io.squadron.optim.Clipping;
import io.squadron.optim.Decay;
import io.squadron.optim.ParameterGroups;
import io.squadron.optim.Sgd;
import io.squadron.replica.Examination;
import io.squadron.replica.InitialWeights;
import io.squadron.replica.Learning;
import io.squadron.replica.Network;
import io.squadron.replica.Origin;
import io.squadron.replica.RankReport;
import io.squadron.replica.RoundTask;
import io.squadron.replica.SavePoint;
import io.squadron.replica.SavedModel;
import io.squadron.replica.SavedState;
import io.squadron.replica.StepPlan;
import io.squadron.replica.Synchronisation;
import io.squadron.replica.Synchronisation.OptimiserSlots;
import io.squadron.replica.TrainingJob;
import io.squadron.storage.Storage;
import io.squadron.testing.TinyModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gradients until the switch, averaged parameters after it, against two replicas trained by hand: a network without batch
 * norm, so that what they exchange is only what the plan says.
 */
class PostLocalSgdTest {
    private static final int SAMPLES = 45;
    private static final int BATCH = 11;
    private static final double RATE = 0.05;
    private static final double MOMENTUM = 0.9;

    /** The first 6 steps sum gradients, the last of them in the round of the switch; then 8, 11, 14 and ends of rounds average. */
    private static final Averaging AVERAGING = new Averaging(1, 3, 6);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void weightsAreThoseOfTwoReplicasTrainedByHand(OptimiserSlots slots) {
        TrainingJob job = job(slots);
        Planner planner = planner();
        assertThat(exchanges(planner)).as("exchanges of the plan").isEqualTo("GGGGGG--PP-P-PP");

        Hand hand = new Hand(job);
        try (LocalRoundRunner runner = new LocalRoundRunner(job, event -> {})) {
            for (RoundPlan round : planner.from(0)) {
                RoundResult.Done done = (RoundResult.Done) runner.run(task(round));
                hand.round(round, slots);
                assertClose(round, "weights", saved(job, done, round, "weights"), hand.weights);
                assertClose(round, "momentum", saved(job, done, round, "optimiser.momentum"), hand.momentum);
            }
        }
        hand.close();
    }

    @Test
    void keptMomentumIsAnotherRunThanAveragedMomentum() {
        assertThat(losses(OptimiserSlots.KEPT))
                .as("losses with momentum kept")
                .isNotEqualTo(losses(OptimiserSlots.AVERAGED));
    }

    private List<Double> losses(OptimiserSlots slots) {
        try (LossRecorder recorder = new LossRecorder(new LocalRoundRunner(job(slots), event -> {}))) {
            planner().from(0).forEach(round -> recorder.run(task(round)));
            return recorder.losses();
        }
    }

    private static String exchanges(Planner planner) {
        StringBuilder all = new StringBuilder();
        for (RoundPlan round : planner.from(0)) {
            round.steps()
                    .forEach(step -> all.append(
                            switch (step.exchange()) {
                                case GRADIENTS -> 'G';
                                case NOTHING -> '-';
                                case PARAMETERS -> 'P';
                            }));
        }
        return all.toString();
    }

    private static Planner planner() {
        Cadence cadence = new Cadence(Span.steps(4), Span.epochs(4), Span.epochs(4));
        return new Planner(new PlanSettings(new Extent(SAMPLES, BATCH, 3), new Constant(RATE), AVERAGING, cadence));
    }

    private RoundTask task(RoundPlan round) {
        return new RoundTask(
                round.round(),
                round.first().step(),
                round.steps(),
                new Origin.Fresh(),
                new Examination(new int[0], 4, 5, 0),
                new SavePoint.Into(directory.resolve("step " + round.endStep()).toString()));
    }

    private float[] saved(TrainingJob job, RoundResult.Done done, RoundPlan round, String vector) {
        SavedState state = new SavedState(
                directory.resolve("step " + round.endStep()).toString(),
                round.endStep(),
                done.reports().get(0).updates(),
                done.reports().stream().map(RankReport::part).toList());
        return new SavedModel(job.network(), state, vector, job.placement().storage())
                .weights()
                .values();
    }

    private static void assertClose(RoundPlan round, String what, float[] found, float[][] byHand) {
        for (int i = 0; i < found.length; i++) {
            assertThat(byHand[1][i]).as("%s by hand of both replicas", what).isEqualTo(byHand[0][i]);
            // Float32 on both sides; the order of multiplications differs, over at most 15 steps.
            assertThat((double) found[i])
                    .as("%s %d after step %d", what, i, round.endStep() - 1)
                    .isCloseTo(byHand[0][i], within(2e-6));
        }
    }

    private TrainingJob job(OptimiserSlots slots) {
        TrainingRig rig = TrainingRig.exact(directory.toString(), 2, SAMPLES, BATCH, 3);
        TrainingJob pattern = rig.job();
        ModelSpec spec = TinyModels.plain(3);
        Network network = new Network(
                spec,
                "dl4j",
                Freeze.none(),
                pattern.network().normalisation(),
                new InitialWeights(Initialisation.HE_NORMAL_FAN_OUT, 3, InitialWeights.ResidualStart.ONE),
                Loss.plain());
        Learning learning = new Learning(
                new Sgd(MOMENTUM, Sgd.Form.HEAVY_BALL),
                ParameterGroups.of(spec.layout(), Freeze.none(), 0, Decay.WEIGHTS_ONLY),
                Clipping.none(),
                0);
        Synchronisation sync =
                new Synchronisation(2, slots, Synchronisation.BatchNormMode.EXACT, Duration.ofSeconds(60));
        Storage storage = pattern.placement().storage();
        return new TrainingJob(
                rig.run(),
                network,
                learning,
                sync,
                pattern.feeding(),
                new io.squadron.replica.Placement(Compute.plain(), storage));
    }

    /** Two replicas whose steps and exchanges are written out. */
    private static final class Hand {
        private final TrainingJob job;
        private final Weights[] live = new Weights[2];
        private final float[][] weights = new float[2][];
        private final float[][] momentum = new float[2][];
        private final Session[] sessions = new Session[2];
        private final int[] learned = new int[2];

        Hand(TrainingJob job) {
            this.job = job;
            ModelSpec spec = job.network().spec();
            for (int rank = 0; rank < 2; rank++) {
                live[rank] = job.network().initialWeights().of(spec);
                weights[rank] = live[rank].values();
                momentum[rank] = new float[weights[rank].length];
                SessionOptions options =
                        SessionOptions.plain().withNormalisation(job.network().normalisation());
                sessions[rank] = Engines.named("dl4j").open(spec, live[rank], options);
            }
        }

        void round(RoundPlan round, OptimiserSlots slots) {
            for (StepPlan step : round.steps()) {
                step(step, slots);
            }
            if (slots == OptimiserSlots.KEPT
                    && round.steps().stream().anyMatch(step -> step.exchange() != StepPlan.Exchange.GRADIENTS)) {
                // A round ends in one state: what was kept apart is averaged here, plainly.
                average(momentum, 0.5, 0.5);
            }
        }

        private void step(StepPlan step, OptimiserSlots slots) {
            long middle = step.firstSample() + step.samples() / 2;
            int[] counts = {
                take(0, step, new Share(step.firstSample(), middle)), take(1, step, new Share(middle, step.endSample()))
            };
            if (step.exchange() == StepPlan.Exchange.GRADIENTS) {
                float[] sum = new float[weights[0].length];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] = sessions[0].gradient()[i] + sessions[1].gradient()[i];
                }
                update(0, sum, step.samples());
                update(1, sum, step.samples());
                return;
            }
            for (int rank = 0; rank < 2; rank++) {
                update(rank, sessions[rank].gradient(), counts[rank]);
                learned[rank] += counts[rank];
            }
            if (step.exchange() == StepPlan.Exchange.PARAMETERS) {
                double total = learned[0] + learned[1];
                average(weights, learned[0] / total, learned[1] / total);
                if (slots == OptimiserSlots.AVERAGED) {
                    average(momentum, learned[0] / total, learned[1] / total);
                }
                learned[0] = 0;
                learned[1] = 0;
            }
        }

        private int take(int rank, StepPlan step, Share share) {
            int[] samples =
                    SampleOrder.of(job.feeding().seed(), step.epoch(), SAMPLES).of(share);
            BatchRequest request = new BatchRequest(step.epoch(), samples);
            try (BatchSource source = job.feeding()
                    .samples()
                    .open()
                    .open(List.of(request), job.feeding().training(), 1)) {
                sessions[rank].step(source.take());
            }
            return share.size();
        }

        /** v = momentum * v + g, w = w - rate * v, with g the mean over {@code count} samples. */
        private void update(int rank, float[] gradient, int count) {
            for (int i = 0; i < gradient.length && count > 0; i++) {
                momentum[rank][i] = (float) (MOMENTUM * momentum[rank][i] + gradient[i] / count);
                weights[rank][i] = (float) (weights[rank][i] - RATE * momentum[rank][i]);
            }
        }

        private static void average(float[][] both, double first, double second) {
            for (int i = 0; i < both[0].length; i++) {
                float mean = (float) (first * both[0][i] + second * both[1][i]);
                both[0][i] = mean;
                both[1][i] = mean;
            }
        }

        void close() {
            for (Session session : new ArrayList<>(List.of(sessions))) {
                session.close();
            }
        }
    }
}
