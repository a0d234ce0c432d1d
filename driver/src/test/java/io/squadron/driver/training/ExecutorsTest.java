package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.dataset.SampleOrder;
import io.squadron.dataset.Share;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.spark.SparkRoundRunner;
import io.squadron.driver.spark.Staffing;
import io.squadron.driver.spark.StandaloneSpark;
import io.squadron.driver.training.LethalSamples.Death;
import io.squadron.failure.Failure;
import io.squadron.replica.Origin;
import io.squadron.replica.RankStart;
import io.squadron.replica.TrainingJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replicas in processes of their own, started by a real master and worker. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecutorsTest {
    private static final int SAMPLES = 22;
    private static final int BATCH = 6;
    private static final int EPOCHS = 2;

    @TempDir
    private static Path home;

    private static StandaloneSpark spark;

    @TempDir
    private Path directory;

    private final List<TrainingEvent> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        spark = StandaloneSpark.start(home, 2, Map.of("spark.decommission.enabled", "true"));
    }

    @AfterAll
    static void end() {
        spark.close();
    }

    @Test
    void twoProcessesTrainAsTwoThreadsDoAndKeepWhatTheyHave() {
        TrainingRig threads = rig("threads");
        LossRecorder expected = train(threads, new LocalRoundRunner(threads.job(), event -> {}));

        TrainingRig executors = rig("executors");
        LossRecorder found = train(executors, runner(executors.job(), Staffing.all(2)));

        assertThat(found.losses()).as("losses").isEqualTo(expected.losses());
        assertThat(found.hashes()).as("hashes of the states").isEqualTo(expected.hashes());
        assertThat(parts(executors)).as("saved parts").isEqualTo(parts(threads));

        List<RankStart> starts = of(TrainingEvent.RankBegan.class).stream()
                .map(TrainingEvent.RankBegan::start)
                .toList();
        assertThat(starts)
                .as("starts of two ranks in each round")
                .hasSize(2 * expected.hashes().size());
        assertThat(starts.stream().filter(each -> each.session() == RankStart.Session.OPENED))
                .as("sessions opened in two executors")
                .hasSize(2);
        assertThat(starts.stream().filter(each -> each.state() == RankStart.State.HELD))
                .as("states held from the round before")
                .hasSize(2 * expected.hashes().size() - 2);
        assertThat(of(TrainingEvent.RankBegan.class).stream()
                        .map(TrainingEvent.RankBegan::place)
                        .distinct())
                .as("places of the ranks")
                .hasSize(2)
                .allMatch(place -> place.contains("127.0.0.1"));
        assertThat(of(TrainingEvent.RanksTimed.class))
                // Which ranks have spoken when the driver looks is a matter of luck; both stand in what each round ends
                // with.
                .as("times told during the rounds")
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.timings())
                        .as("timings")
                        .isNotEmpty()
                        .allMatch(timing -> timing.place().contains("127.0.0.1")));
        assertThat(of(TrainingEvent.RoundRepeated.class)).as("repeated rounds").isEmpty();
    }

    @Test
    void aProcessThatDiesCostsTheRoundAndNoBit() {
        TrainingRig quiet = rig("quiet");
        LossRecorder expected = train(quiet, new LocalRoundRunner(quiet.job(), event -> {}));

        TrainingRig rig = rig("deadly");
        String scar = directory.resolve("scar").toString();
        TrainingJob job =
                Jobs.fedBy(new LethalSamples(rig.samples(), positionInStep(rig, 3), Death.HALT, scar), rig.job());
        LossRecorder found = train(rig, runner(job, Staffing.all(2)));

        assertThat(found.losses()).as("losses").isEqualTo(expected.losses());
        assertThat(found.hashes()).as("hashes of the states").isEqualTo(expected.hashes());
        assertThat(parts(rig)).as("saved parts").isEqualTo(parts(quiet));
        assertThat(of(TrainingEvent.RoundRepeated.class))
                .as("repeated rounds")
                .isNotEmpty()
                .allSatisfy(
                        each -> assertThat(each.round()).as("round of step 3").isEqualTo(1));
        assertThat(of(TrainingEvent.RankBegan.class).stream()
                        .filter(each -> each.round() == 1)
                        .map(each -> each.start().state()))
                .as("whence the ranks have the state of round 1")
                .contains(RankStart.State.HELD, RankStart.State.WENT_BACK, RankStart.State.RECEIVED)
                .doesNotContain(RankStart.State.RESTORED);
    }

    @Test
    void ranksThatLoseEachOtherTryAgain() {
        TrainingRig quiet = rig("quiet");
        LossRecorder expected = train(quiet, new LocalRoundRunner(quiet.job(), event -> {}));

        TrainingRig rig = rig("deaf");
        String scar = directory.resolve("scar").toString();
        TrainingJob job =
                Jobs.fedBy(new LethalSamples(rig.samples(), positionInStep(rig, 3), Death.DEAFNESS, scar), rig.job());
        LossRecorder found = train(rig, runner(job, Staffing.all(2)));

        assertThat(found.hashes()).as("hashes of the states").isEqualTo(expected.hashes());
        assertThat(of(TrainingEvent.RoundRepeated.class))
                .as("repeated rounds")
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).as("reason").contains("the line is dead"));
    }

    @Test
    void ranksThatLoseEachOtherTooOftenEndTheRun() {
        TrainingRig rig = rig("deaf");
        String scar = directory.resolve("scar").toString();
        TrainingJob job =
                Jobs.fedBy(new LethalSamples(rig.samples(), positionInStep(rig, 3), Death.DEAFNESS, scar), rig.job());
        assertThatThrownBy(() -> train(rig, runner(job, new Staffing(2, 2, Duration.ofSeconds(60), 0))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the line is dead")
                .hasMessageContaining("(round 1, rank");
    }

    @Test
    void anExecutorThatIsToGoFinishesTheRoundAndItsSuccessorReceivesTheState() {
        TrainingRig quiet = rig("quiet");
        LossRecorder expected = train(quiet, new LocalRoundRunner(quiet.job(), event -> {}));

        TrainingRig rig = rig("decommissioned");
        spark.awaitExecutors(2);
        LossRecorder found;
        try (LossRecorder recorder = new LossRecorder(runner(rig.job(), Staffing.all(2)))) {
            TrainingListener decommission = event -> {
                if (event instanceof TrainingEvent.RoundEnded ended && ended.round() == 1) {
                    spark.decommissionOne();
                }
            };
            rig.loop(recorder, new Origin.Fresh(), decommission).run(rig.summary(0));
            found = recorder;
        }

        assertThat(found.hashes()).as("hashes of the states").isEqualTo(expected.hashes());
        assertThat(of(TrainingEvent.RankBegan.class).stream()
                        .filter(each -> each.round() == 2)
                        .map(each -> each.start().state()))
                .as("whence the ranks have the state of round 2")
                .containsExactlyInAnyOrder(RankStart.State.HELD, RankStart.State.RECEIVED);
    }

    @Test
    void withoutEnoughExecutorsTheRunEndsAndSaysHowToGetMore() {
        TrainingRig rig = TrainingRig.exact(directory.resolve("three").toString(), 3, SAMPLES, BATCH, 1);
        spark.awaitExecutors(2);
        assertThatThrownBy(() -> train(rig, runner(rig.job(), new Staffing(3, 3, Duration.ofMillis(500), 0))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Cannot run 3 replicas of 1 cores each: spark://127.0.0.1")
                .hasMessageContaining("has room for 2 after")
                .hasMessageContaining("spark.cores.max=3");
    }

    @Test
    void withoutEnoughExecutorsTheRunGoesOnWithFewerIfItMay() {
        TrainingRig two = rig("two");
        LossRecorder expected = train(two, new LocalRoundRunner(two.job(), event -> {}));

        TrainingRig rig = TrainingRig.exact(directory.resolve("three").toString(), 3, SAMPLES, BATCH, EPOCHS);
        spark.awaitExecutors(2);
        LossRecorder found = train(rig, runner(rig.job(), new Staffing(3, 2, Duration.ofMillis(500), 0)));

        assertThat(found.losses()).as("losses of two of three replicas").isEqualTo(expected.losses());
    }

    private TrainingRig rig(String name) {
        return TrainingRig.exact(directory.resolve(name).toString(), 2, SAMPLES, BATCH, EPOCHS);
    }

    private RoundRunner runner(TrainingJob job, Staffing staffing) {
        return new SparkRoundRunner(spark.context(), job, staffing, events::add);
    }

    private <T extends TrainingEvent> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** A sample of the last rank's share of step {@code step} of the first epoch. */
    private static int positionInStep(TrainingRig rig, int step) {
        long end = Math.min(SAMPLES, (step + 1) * (long) BATCH);
        return SampleOrder.of(rig.job().feeding().seed(), 0, SAMPLES).of(new Share(end - 1, end))[0];
    }

    private static LossRecorder train(TrainingRig rig, RoundRunner runner) {
        try (LossRecorder recorder = new LossRecorder(runner)) {
            rig.loop(recorder, new Origin.Fresh()).run(rig.summary(0));
            return recorder;
        }
    }

    /** Digests of the parts of the last state. */
    private static List<String> parts(TrainingRig rig) {
        LatestCheckpoint latest = rig.store().latest();
        assertThat(latest).as("latest checkpoint").isInstanceOf(LatestCheckpoint.Found.class);
        var parts = ((LatestCheckpoint.Found) latest).checkpoint().state().parts();
        return IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i).sha256())
                .toList();
    }
}
