package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.schedule.Averaging;
import io.squadron.optim.AdamW;
import io.squadron.replica.Origin;
import io.squadron.replica.RoundTask;
import io.squadron.replica.StateFiles;
import io.squadron.replica.Synchronisation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed and resumed ends like one that never was, bit for bit. */
class ResumeTest {
    @TempDir
    private Path directory;

    @Test
    void resumedAfterAnyRoundEndsWithTheSameBits() {
        TrainingRig quiet = rig("quiet");
        train(quiet, new Origin.Fresh(), Integer.MAX_VALUE);
        List<float[]> expected = finalState(quiet);

        int rounds = rounds(quiet);
        assertThat(rounds).isGreaterThan(3);
        for (int killedAfter = 1; killedAfter < rounds; killedAfter++) {
            TrainingRig killed = rig("killed" + killedAfter);
            int when = killedAfter;
            assertThatThrownBy(() -> train(killed, new Origin.Fresh(), when))
                    .hasMessage("killed after round " + (when - 1));
            train(killed, origin(killed), Integer.MAX_VALUE);

            List<float[]> found = finalState(killed);
            for (int v = 0; v < expected.size(); v++) {
                assertThat(found.get(v))
                        .as("vector %d, killed after round %d", v, killedAfter - 1)
                        .isEqualTo(expected.get(v));
            }
        }
    }

    @Test
    void lostReplicasGoBackToTheLastCheckpointAndEndWithTheSameBits() {
        TrainingRig quiet = rig("quiet");
        train(quiet, new Origin.Fresh(), Integer.MAX_VALUE);

        TrainingRig lossy = rig("lossy");
        LocalRoundRunner runner = new LocalRoundRunner(lossy.job(), event -> {});
        List<Integer> seen = new ArrayList<>();
        try (RoundRunner forgetful = new Forgetful(runner, seen)) {
            lossy.loop(forgetful, new Origin.Fresh()).run(lossy.summary(0));
        }

        assertThat(seen).as("rounds run, one of them twice").hasSizeGreaterThan(rounds(quiet));
        assertThat(finalState(lossy).get(0)).isEqualTo(finalState(quiet).get(0));
    }

    /** Loses all replicas before the fourth round, which follows a round without a checkpoint. */
    private record Forgetful(LocalRoundRunner runner, List<Integer> seen) implements RoundRunner {
        @Override
        public RoundResult run(RoundTask task) {
            if (seen.size() == 3) {
                runner.loseReplicas();
            }
            seen.add(task.round());
            return runner.run(task);
        }

        @Override
        public void close() {
            runner.close();
        }
    }

    /** Local SGD with its momentum, its averaged batch norm and a running average of the weights: all there is to save. */
    private TrainingRig rig(String name) {
        TrainingRig plain = TrainingRig.exact(directory.resolve(name).toString(), 2, 22, 6, 2);
        return new TrainingRig(
                plain.run(),
                plain.storage(),
                plain.replicas(),
                plain.samples(),
                plain.globalBatch(),
                plain.epochs(),
                new Averaging(2, 1, 5),
                Synchronisation.BatchNormMode.AVERAGED,
                AdamW.standard(),
                0.9,
                "dl4j");
    }

    private static int rounds(TrainingRig rig) {
        List<Integer> all = new ArrayList<>();
        rig.planner().from(0).forEach(round -> all.add(round.round()));
        return all.size();
    }

    private static void train(TrainingRig rig, Origin origin, int killAfter) {
        int[] ended = new int[1];
        TrainingListener killer = event -> {
            if (event instanceof TrainingEvent.RoundEnded round && ++ended[0] == killAfter) {
                throw new IllegalStateException("killed after round " + round.round());
            }
        };
        try (RoundRunner runner = new LocalRoundRunner(rig.job(), event -> {})) {
            rig.loop(runner, origin, killer).run(rig.summary(0));
        }
    }

    private static Origin origin(TrainingRig rig) {
        return rig.store().latest() instanceof LatestCheckpoint.Found found
                ? new Origin.Saved(found.checkpoint().state())
                : new Origin.Fresh();
    }

    private static Checkpoint latest(TrainingRig rig) {
        LatestCheckpoint latest = rig.store().latest();
        assertThat(latest).isInstanceOf(LatestCheckpoint.Found.class);
        return ((LatestCheckpoint.Found) latest).checkpoint();
    }

    private static List<float[]> finalState(TrainingRig rig) {
        Checkpoint last = latest(rig);
        assertThat(last.state().step())
                .isEqualTo(rig.planner().settings().extent().totalSteps());
        List<float[]> vectors = new ArrayList<>();
        last.vectors().forEach(name -> vectors.add(new float[rig.spec().layout().length()]));
        new StateFiles(rig.storage()).read(last.state(), last.vectors(), vectors);
        return vectors;
    }
}
