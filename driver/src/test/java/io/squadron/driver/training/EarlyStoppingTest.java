package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStoppingTest {
    /** Nothing exceeds the first accuracy by that much: the run is over after three of its six epochs. */
    private static final Ending ENDING = Ending.early(2, 0.99);

    private static final long STOP = 15;

    @TempDir
    private Path directory;

    @Test
    void aValueIsHeldAgainstTheBestAndNotAgainstTheOneBefore() {
        Trend trend = Trend.unknown()
                .after(0.5, 10, 0)
                .after(0.8, 20, 0)
                .after(0.6, 30, 0)
                .after(0.7, 40, 0);

        assertThat(trend).isEqualTo(new Trend(0.8, 20, 2));
        assertThat(Ending.early(2, 0).over(trend)).as("patience of 2").isTrue();
        assertThat(Ending.early(3, 0).over(trend)).as("patience of 3").isFalse();
        assertThat(Ending.ofPlan().over(trend)).as("switched off").isFalse();
    }

    @Test
    void anImprovementHasToExceedTheDelta() {
        Trend first = Trend.unknown().after(0.5, 10, 0.25);

        assertThat(first.after(0.75, 20, 0.25)).isEqualTo(new Trend(0.5, 10, 1));
        assertThat(first.after(0.76, 20, 0.25)).isEqualTo(new Trend(0.76, 20, 0));
    }

    @Test
    void whatACheckpointHoldsIsTheWholeTrend() {
        Trend trend = new Trend(0.8125, 400, 3);

        assertThat(Trend.of(trend.metrics())).isEqualTo(trend);
        assertThat(Trend.of(Trend.unknown().metrics())).isEqualTo(Trend.unknown());
    }

    @Test
    void theRunStopsWithACheckpointWhereNoneWasDue() {
        TrainingRig rig = rig("stopping");
        List<TrainingEvent> heard = train(rig, Standing.fresh(), Integer.MAX_VALUE);

        assertThat(latest(rig).state().step()).as("last checkpoint").isEqualTo(STOP);
        TrainingEvent.StoppedEarly stopped = only(heard, TrainingEvent.StoppedEarly.class);
        assertThat(stopped.step()).isEqualTo(STOP);
        assertThat(stopped.trend().bestStep()).isEqualTo(5);
        assertThat(stopped.trend().since()).isEqualTo(2);
        assertThat(heard.get(heard.size() - 1)).isInstanceOf(TrainingEvent.TrainingEnded.class);
        assertThat(heard.get(heard.size() - 1).step()).isEqualTo(STOP);
    }

    @Test
    void killedAfterAnyRoundItStopsAtTheSameStepWithTheSameBits() {
        TrainingRig quiet = rig("quiet");
        int rounds = (int) train(quiet, Standing.fresh(), Integer.MAX_VALUE).stream()
                .filter(TrainingEvent.RoundEnded.class::isInstance)
                .count();
        for (int after = 2; after <= rounds; after += 2) {
            TrainingRig killed = rig("killed" + after);
            int when = after;
            assertThatThrownBy(() -> train(killed, Standing.fresh(), when)).hasMessage("killed");
            train(killed, standing(killed), Integer.MAX_VALUE);

            assertThat(latest(killed).state().parts())
                    .as("parts with their digests, killed after round %d", after - 1)
                    .isEqualTo(latest(quiet).state().parts());
            assertThat(latest(killed).metrics())
                    .as("killed after round %d", after - 1)
                    .isEqualTo(latest(quiet).metrics());
        }
    }

    @Test
    void aStoppedRunThatIsResumedTakesNoStep() {
        TrainingRig rig = rig("resumed");
        train(rig, Standing.fresh(), Integer.MAX_VALUE);

        List<TrainingEvent> again = train(rig, standing(rig), Integer.MAX_VALUE);
        assertThat(again).noneMatch(TrainingEvent.RoundEnded.class::isInstance);
        assertThat(only(again, TrainingEvent.StoppedEarly.class).step()).isEqualTo(STOP);
    }

    @Test
    void aRunThatRestsAndGoesOnEndsWithTheBitsOfOneThatNeverRested() {
        TrainingRig quiet = rig("whole");
        run(quiet, Standing.fresh(), Ending.ofPlan(), event -> {});
        TrainingRig resting = rig("resting");
        run(resting, Standing.fresh(), Ending.ofPlan().pausedAt(10), event -> {});
        assertThat(latest(resting).state().step()).as("where it rests").isEqualTo(10);
        assertThat(latest(resting).metrics()).containsEntry("evaluated-at", 10.0);

        run(resting, standing(resting), Ending.ofPlan(), event -> {});
        assertThat(latest(resting).state().parts())
                .isEqualTo(latest(quiet).state().parts());
    }

    /** Five steps an epoch, a checkpoint every four steps. */
    private TrainingRig rig(String name) {
        return TrainingRig.exact(directory.resolve(name).toString(), 2, 30, 6, 6);
    }

    private static List<TrainingEvent> train(TrainingRig rig, Standing from, int killAfter) {
        List<TrainingEvent> heard = new ArrayList<>();
        int[] ended = new int[1];
        run(rig, from, ENDING, event -> {
            heard.add(event);
            if (event instanceof TrainingEvent.RoundEnded && ++ended[0] == killAfter) {
                throw new IllegalStateException("killed");
            }
        });
        return heard;
    }

    private static void run(TrainingRig rig, Standing from, Ending ending, TrainingListener listener) {
        try (RoundRunner runner = new LocalRoundRunner(rig.job(), event -> {})) {
            rig.loop(runner, from, ending, listener).run(rig.summary(from.step()));
        }
    }

    private static Standing standing(TrainingRig rig) {
        return rig.store().latest() instanceof LatestCheckpoint.Found found
                ? Standing.at(found.checkpoint())
                : Standing.fresh();
    }

    private static Checkpoint latest(TrainingRig rig) {
        LatestCheckpoint latest = rig.store().latest();
        assertThat(latest).isInstanceOf(LatestCheckpoint.Found.class);
        return ((LatestCheckpoint.Found) latest).checkpoint();
    }

    private static <T extends TrainingEvent> T only(List<TrainingEvent> heard, Class<T> kind) {
        List<T> found = heard.stream().filter(kind::isInstance).map(kind::cast).toList();
        assertThat(found).as(kind.getSimpleName()).hasSize(1);
        return found.get(0);
    }
}
