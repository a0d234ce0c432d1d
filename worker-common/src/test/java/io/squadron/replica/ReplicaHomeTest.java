package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.collective.Collective;
import io.squadron.collective.InProcess;
import io.squadron.collective.Ranks;
import io.squadron.engine.Compute;
import io.squadron.engine.Loss;
import io.squadron.engine.Normalisation;
import io.squadron.failure.Failure;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Transform;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelSpec;
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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What survives when a round is lost. Each home stands for a JVM; a new one for a JVM that has just started. */
class ReplicaHomeTest {
    private static final int SIZE = 8;
    private static final long BATCH = 6;
    private static final TrainingJob JOB = job();

    private final ReplicaHome first = new ReplicaHome();
    private final ReplicaHome second = new ReplicaHome();
    private final ReplicaHome newcomer = new ReplicaHome();
    private final Map<Integer, RankStart> starts = new ConcurrentHashMap<>();
    private long expected;

    /** Where the state comes from, by rank. */
    private Map<Integer, RankStart.State> states() {
        Map<Integer, RankStart.State> states = new TreeMap<>();
        starts.forEach((rank, start) -> states.put(rank, start.state()));
        return states;
    }

    @BeforeEach
    void trainTwoRounds() {
        assertDone(run(0, first, second));
        assertThat(states())
                .as("states of the first round")
                .isEqualTo(Map.of(0, RankStart.State.RESTORED, 1, RankStart.State.RESTORED));
        expected = assertDone(run(1, first, second));
        assertThat(states())
                .as("states of the second round")
                .isEqualTo(Map.of(0, RankStart.State.HELD, 1, RankStart.State.HELD));
        assertThat(starts.values())
                .as("sessions of the second round")
                .allMatch(start -> start.session() == RankStart.Session.KEPT);
    }

    @AfterEach
    void free() {
        Stream.of(first, second, newcomer).forEach(home -> home.close(JOB.run()));
    }

    @Test
    void whoFinishedALostRoundGoesBackAndGivesItsStartToANewcomer() {
        long again = assertDone(run(1, newcomer, first));
        assertThat(states())
                .as("states of the repeated round")
                .isEqualTo(Map.of(0, RankStart.State.RECEIVED, 1, RankStart.State.WENT_BACK));
        assertThat(again).as("hash of the repeated round").isEqualTo(expected);
    }

    @Test
    void whoFailedInTheMiddleGoesBack() {
        List<RankOutcome> outcomes = run(
                2,
                progress -> {
                    if (progress.rank() == 1 && progress.plan().step() == 5) {
                        throw Failure.replica("Cannot go on: this rank is to die");
                    }
                },
                first,
                second);
        assertThat(outcomes).as("outcomes").allMatch(RankOutcome.Failed.class::isInstance);

        long again = assertDone(run(2, first, newcomer));
        assertThat(states())
                .as("states of the repeated round")
                .isEqualTo(Map.of(0, RankStart.State.WENT_BACK, 1, RankStart.State.RECEIVED));
        assertThat(starts.get(0).session()).as("session of the survivor").isEqualTo(RankStart.Session.OPENED);
        assertThat(again).as("hash of the repeated round").isEqualTo(quietThirdRound());
    }

    @Test
    void whoLosesTheOthersBeforeTheRoundBeginsKeepsItsState() {
        List<Collective> group = InProcess.group(2, Duration.ofSeconds(10));
        group.get(1).close();
        RankOutcome alone = ReplicaRound.run(JOB, task(2), first, group.get(0), observer());
        assertThat(alone).as("outcome of the rank that was left alone").isInstanceOf(RankOutcome.Failed.class);

        long again = assertDone(run(2, newcomer, first));
        assertThat(states().get(1)).as("state of the survivor").isEqualTo(RankStart.State.HELD);
        assertThat(again).as("hash of the repeated round").isEqualTo(quietThirdRound());
    }

    @Test
    void oneOfTwoGoesOnAloneAndTheOtherCatchesUp() {
        assertDone(run(2, first));
        long together = assertDone(run(3, first, second));
        assertThat(states())
                .as("states of the round after")
                .isEqualTo(Map.of(0, RankStart.State.HELD, 1, RankStart.State.RECEIVED));
        assertThat(together).as("hash of the state").isNotZero();
    }

    @Test
    void aStateOfAnotherHistoryIsReplaced() {
        assertDone(run(2, first, second));
        assertDone(run(2, first));
        assertDone(run(3, first, second));
        assertThat(states())
                .as("states of the round after one that was repeated with one rank")
                .isEqualTo(Map.of(0, RankStart.State.HELD, 1, RankStart.State.RECEIVED));
    }

    @Test
    void aStateThatNobodyHasIsLost() {
        assertThat(run(2, newcomer, new ReplicaHome()))
                .as("outcomes")
                .containsExactly(new RankOutcome.StateLost(0), new RankOutcome.StateLost(1));
    }

    private long quietThirdRound() {
        ReplicaHome one = new ReplicaHome();
        ReplicaHome two = new ReplicaHome();
        long hash = 0;
        for (int round = 0; round < 3; round++) {
            hash = assertDone(run(round, one, two));
        }
        one.close(JOB.run());
        two.close(JOB.run());
        starts.clear();
        return hash;
    }

    private StepObserver observer() {
        return watching(progress -> {});
    }

    private StepObserver watching(StepObserver other) {
        return new StepObserver() {
            @Override
            public void on(RankProgress progress) {
                other.on(progress);
            }

            @Override
            public void began(RankStart start) {
                starts.put(start.rank(), start);
            }
        };
    }

    private List<RankOutcome> run(int round, ReplicaHome... homes) {
        return run(round, progress -> {}, homes);
    }

    /** Round {@code round} of two steps, rank by rank in {@code homes}. */
    private List<RankOutcome> run(int round, StepObserver observer, ReplicaHome... homes) {
        starts.clear();
        return Ranks.run(
                InProcess.group(homes.length, Duration.ofSeconds(10)),
                collective ->
                        ReplicaRound.run(JOB, task(round), homes[collective.rank()], collective, watching(observer)));
    }

    /** The one hash of all states. */
    private static long assertDone(List<RankOutcome> outcomes) {
        assertThat(outcomes).as("outcomes").allMatch(RankOutcome.Done.class::isInstance);
        List<Long> hashes = outcomes.stream()
                .map(outcome -> ((RankOutcome.Done) outcome).report().stateHash())
                .distinct()
                .toList();
        assertThat(hashes).as("hashes of the states").hasSize(1);
        return hashes.get(0);
    }

    private static RoundTask task(int round) {
        List<StepPlan> steps = IntStream.of(2 * round, 2 * round + 1)
                .mapToObj(step -> new StepPlan(
                        step, step / 4, step % 4 * BATCH, (step % 4 + 1) * BATCH, 0.1, StepPlan.Exchange.GRADIENTS))
                .toList();
        return new RoundTask(
                round,
                2L * round,
                steps,
                new Origin.Fresh(),
                new Examination(new int[0], 1, 1, 0),
                new SavePoint.Skip());
    }

    private static TrainingJob job() {
        ModelSpec spec = TinyModels.residual(3);
        Transform plain = new EvaluationTransform(SIZE, SIZE);
        Network network = new Network(
                spec,
                "dl4j",
                Freeze.none(),
                Normalisation.unit(3),
                new InitialWeights(Initialisation.HE_NORMAL_FAN_OUT, 1, InitialWeights.ResidualStart.ONE),
                Loss.plain());
        return new TrainingJob(
                "file:home",
                network,
                new Learning(
                        new Sgd(0.9, Sgd.Form.NESTEROV),
                        ParameterGroups.of(spec.layout(), Freeze.none(), 1e-4, Decay.WEIGHTS_ONLY),
                        Clipping.none(),
                        0.9),
                new Synchronisation(
                        2,
                        Synchronisation.OptimiserSlots.AVERAGED,
                        Synchronisation.BatchNormMode.EXACT,
                        Duration.ofSeconds(10)),
                new Feeding(new MemorySamples((int) (4 * BATCH), 0, 3, SIZE, 1), plain, plain, 1, 1),
                new Placement(Compute.plain(), Storage.of(Map.of())));
    }
}
