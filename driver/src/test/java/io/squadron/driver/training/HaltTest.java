package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.replica.RoundTask;
import io.squadron.replica.StateFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is asked to stop saves what it did, and goes on later as if nothing had been. */
class HaltTest {
    @TempDir
    private Path directory;

    private final List<TrainingEvent> events = new ArrayList<>();

    @Test
    void stoppedAfterAnyRoundAndResumedEndsWithTheSameBits() {
        TrainingRig quiet = rig("quiet");
        train(quiet, Integer.MAX_VALUE);
        assertThat(halts()).as("nobody asked").isEmpty();
        List<Integer> rounds = new ArrayList<>();
        quiet.planner().from(0).forEach(round -> rounds.add(round.round()));
        assertThat(rounds).as("rounds").hasSizeGreaterThan(3);

        for (int asked = 1; asked < rounds.size(); asked++) {
            TrainingRig stopped = rig("stopped" + asked);
            train(stopped, asked);
            assertThat(halts()).as("halts, asked after round %d", asked - 1).hasSize(1);
            assertThat(latest(stopped).state().step())
                    .as("saved step is that of the halt")
                    .isEqualTo(halts().get(0).step());
            train(stopped, Integer.MAX_VALUE);
            assertThat(weights(stopped).toArray())
                    .as("stopped after round %d", asked - 1)
                    .isEqualTo(weights(quiet).toArray());
        }
    }

    @Test
    void askedInTheLastRoundItEndsAsPlanned() {
        TrainingRig rig = rig("last");
        List<Integer> rounds = new ArrayList<>();
        rig.planner().from(0).forEach(round -> rounds.add(round.round()));
        train(rig, rounds.size());
        assertThat(halts()).as("halts").isEmpty();
    }

    @Test
    void aStateThatIsLostBeforeItIsSavedIsComputedAgain() {
        TrainingRig quiet = rig("quiet");
        train(quiet, Integer.MAX_VALUE);
        TrainingRig lossy = rig("lossy");
        LocalRoundRunner local = new LocalRoundRunner(lossy.job(), event -> {});
        int[] saves = new int[1];
        RoundRunner runner = new RoundRunner() {
            @Override
            public RoundResult run(RoundTask task) {
                if (task.steps().isEmpty() && saves[0]++ == 0) {
                    local.loseReplicas();
                }
                return local.run(task);
            }

            @Override
            public void close() {
                local.close();
            }
        };
        events.clear();
        try (runner) {
            // After the first round nothing is saved yet.
            lossy.loop(runner, Standing.fresh(), Ending.ofPlan().stoppedBy(() -> true), events::add)
                    .run(lossy.summary(0));
        }
        assertThat(saves[0]).as("tries to save").isEqualTo(2);
        assertThat(halts()).as("halts").hasSize(1);
        train(lossy, Integer.MAX_VALUE);
        assertThat(weights(lossy).toArray()).isEqualTo(weights(quiet).toArray());
    }

    private TrainingRig rig(String name) {
        return TrainingRig.exact(directory.resolve(name).toString(), 2, 22, 6, 2);
    }

    /** From the newest checkpoint to the end, or to the round number {@code askedAfter} of this start, counted from 1. */
    private void train(TrainingRig rig, int askedAfter) {
        events.clear();
        int[] ended = new int[1];
        TrainingListener counter = event -> ended[0] += event instanceof TrainingEvent.RoundEnded ? 1 : 0;
        Standing from = rig.store().latest() instanceof LatestCheckpoint.Found found
                ? Standing.at(found.checkpoint())
                : Standing.fresh();
        try (RoundRunner runner = new LocalRoundRunner(rig.job(), event -> {})) {
            rig.loop(runner, from, Ending.ofPlan().stoppedBy(() -> ended[0] >= askedAfter), counter, events::add)
                    .run(rig.summary(from.step()));
        }
    }

    private List<TrainingEvent.Halted> halts() {
        return events.stream()
                .filter(TrainingEvent.Halted.class::isInstance)
                .map(TrainingEvent.Halted.class::cast)
                .toList();
    }

    private static Checkpoint latest(TrainingRig rig) {
        return ((LatestCheckpoint.Found) rig.store().latest()).checkpoint();
    }

    private static List<float[]> weights(TrainingRig rig) {
        Checkpoint last = latest(rig);
        assertThat(last.state().step())
                .as("steps of the whole plan")
                .isEqualTo(rig.planner().settings().extent().totalSteps());
        List<float[]> vectors = new ArrayList<>();
        last.vectors().forEach(name -> vectors.add(new float[rig.spec().layout().length()]));
        new StateFiles(rig.storage()).read(last.state(), last.vectors(), vectors);
        return vectors;
    }
}
