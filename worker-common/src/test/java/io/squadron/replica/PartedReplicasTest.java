package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.collective.Collective;
import io.squadron.collective.InProcess;
import io.squadron.collective.Pending;
import io.squadron.collective.Ranks;
import io.squadron.collective.Wire;
import io.squadron.engine.Compute;
import io.squadron.engine.Loss;
import io.squadron.engine.Normalisation;
import io.squadron.failure.Failure;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Transform;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.model.Slice;
import io.squadron.optim.Clipping;
import io.squadron.optim.Decay;
import io.squadron.optim.ParameterGroups;
import io.squadron.optim.Sgd;
import io.squadron.storage.Storage;
import io.squadron.testing.MemorySamples;
import io.squadron.testing.TinyModels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Replicas that part are stopped by the hash of their states, and can begin the round again. */
class PartedReplicasTest {
    private static final String SLICE = "layer1.bn1.weight";
    private static final int SIZE = TinyModels.IMAGE.height();

    private final TrainingJob job = job();

    @Test
    void theFirstSliceThatDiffersIsNamedAndTheStateBeforeTheRoundIsKept() {
        ReplicaHome quiet = new ReplicaHome();
        round(quiet, 0, 0);
        long expected = hash(round(quiet, 1, 0));

        ReplicaHome home = new ReplicaHome();
        round(home, 0, 0);
        List<RankOutcome> parted = round(home, 1, 0.125f);
        assertThat(parted).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(RankOutcome.Failed.class);
            RankOutcome.Cause cause = ((RankOutcome.Failed) outcome).cause();
            assertThat(cause.kind()).as("kind").isEqualTo(Failure.Kind.NUMERIC);
            assertThat(cause.message())
                    .contains("Cannot end round 1")
                    .contains("the state of rank 1 differs from that of rank 0")
                    .contains("first in weights of " + SLICE + " (rank 1)")
                    .contains("the state of its beginning (step 2) is");
        });
        // Nobody could restore step 2 from the origin, which is a fresh start: it must have been kept.
        assertThat(hash(round(home, 1, 0))).as("hash of the round tried again").isEqualTo(expected);
        quiet.close(job.run());
        home.close(job.run());
    }

    @Test
    void aRankThatWasToldOtherwiseIsNamedBeforeAnythingIsComputed() {
        ReplicaHome home = new ReplicaHome();
        RoundTask task = new RoundTask(
                0, 0, List.of(step(0)), new Origin.Fresh(), new Examination(new int[0], 4, 5, 0), new SavePoint.Skip());
        TrainingJob halves = new TrainingJob(
                job.run(),
                job.network(),
                job.learning(),
                job.sync().with(Wire.BFLOAT16),
                job.feeding(),
                job.placement());
        List<RankOutcome> parted = Ranks.run(
                InProcess.group(3, Duration.ofSeconds(30)),
                collective -> ReplicaRound.run(
                        collective.rank() == 1 ? halves : job, task, home, collective, new StepObserver() {
                            @Override
                            public void on(RankProgress progress) {
                                throw new AssertionError("a step was taken");
                            }

                            @Override
                            public String place() {
                                return "host" + collective.rank() + ":7";
                            }
                        }));
        assertThat(parted).allSatisfy(outcome -> {
            RankOutcome.Cause cause = ((RankOutcome.Failed) outcome).cause();
            assertThat(cause.kind()).as("kind").isEqualTo(Failure.Kind.USAGE);
            assertThat(cause.message())
                    .contains(
                            "rank 1 has gradient wire BFLOAT16 at host1:7 (expected that of rank 0: FLOAT32 at host0:7)");
        });
        home.close(job.run());
    }

    private static long hash(List<RankOutcome> outcomes) {
        assertThat(outcomes).allSatisfy(each -> assertThat(each).isInstanceOf(RankOutcome.Done.class));
        return ((RankOutcome.Done) outcomes.get(0)).report().stateHash();
    }

    /** Two steps on two ranks; rank 1 gets {@code amount} too much in the gradient of one element. */
    private List<RankOutcome> round(ReplicaHome home, int number, float amount) {
        List<StepPlan> steps = List.of(step(2 * number), step(2 * number + 1));
        Examination none = new Examination(new int[0], 4, 5, 0);
        RoundTask task = new RoundTask(number, 2L * number, steps, new Origin.Fresh(), none, new SavePoint.Skip());
        return Ranks.run(
                InProcess.group(2, Duration.ofSeconds(30)),
                collective -> ReplicaRound.run(
                        job, task, home, new Tampering(collective, element(), amount), StepObserver.none()));
    }

    private static StepPlan step(int step) {
        return new StepPlan(step, 0, 4L * step, 4L * step + 4, 0.05, StepPlan.Exchange.GRADIENTS);
    }

    private int element() {
        Slice slice = job.network().spec().layout().slice(SLICE);
        return slice.offset();
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
                "parted",
                network,
                new Learning(
                        new Sgd(0.9, Sgd.Form.HEAVY_BALL),
                        ParameterGroups.of(network.spec().layout(), Freeze.none(), 0, Decay.WEIGHTS_ONLY),
                        Clipping.none(),
                        0),
                new Synchronisation(
                        2,
                        Synchronisation.OptimiserSlots.AVERAGED,
                        Synchronisation.BatchNormMode.EXACT,
                        Duration.ofSeconds(30)),
                new Feeding(new MemorySamples(16, 0, 5, SIZE, 1), plain, plain, 1, 1),
                new Placement(Compute.plain(), Storage.of(Map.of())));
    }

    /** Passes everything on, and then changes one element of each asynchronous sum of rank 1. */
    private record Tampering(Collective honest, int element, float amount) implements Collective {
        @Override
        public int rank() {
            return honest.rank();
        }

        @Override
        public int size() {
            return honest.size();
        }

        @Override
        public void allReduce(String what, float[] values, int offset, int length) {
            honest.allReduce(what, values, offset, length);
        }

        @Override
        public Pending allReduceAsync(String what, Wire wire, float[] values, int offset, int length) {
            Pending sum = honest.allReduceAsync(what, wire, values, offset, length);
            return () -> {
                sum.await();
                if (rank() == 1 && element >= offset && element < offset + length) {
                    values[element] += amount;
                }
            };
        }

        @Override
        public double[][] allGather(String what, double[] mine) {
            return honest.allGather(what, mine);
        }

        @Override
        public void broadcast(String what, int root, float[] values, int offset, int length) {
            honest.broadcast(what, root, values, offset, length);
        }

        @Override
        public void abort(Throwable cause) {
            honest.abort(cause);
        }

        @Override
        public void close() {
            honest.close();
        }
    }
}
