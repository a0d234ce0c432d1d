package io.squadron.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two executors in processes of their own, a master, workers and an HDFS beside them. Only the last round writes a
 * checkpoint: a round that was lost can be repeated only from what a surviving executor holds.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
    private static final int ROUNDS = 4;
    private static final int LAST = ROUNDS * Trial.STEPS;
    private static final String[] SETTINGS = {"training.epochs=" + ROUNDS, "checkpoint.every=" + ROUNDS + "ep"};
    /** The middle of a round of two to three seconds. */
    private static final Duration INTO_A_ROUND = Duration.ofMillis(700);

    private static final List<Integer> EACH_ROUND_ONCE = IntStream.rangeClosed(1, ROUNDS)
            .map(round -> round * Trial.STEPS)
            .boxed()
            .toList();

    @TempDir
    private static Path scratch;

    private static MiniDFSCluster hdfs;
    private static StandaloneCluster cluster;
    private static Trial trial;

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, scratch.resolve("hdfs").toString());
        hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(2).build();
        cluster = StandaloneCluster.start(scratch.resolve("cluster"), 2, Map.of());
        trial = Trial.on(cluster, scratch, hdfs.getURI().toString());
        trial.prepare();
    }

    @AfterAll
    static void stop() {
        List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
        if (cluster != null) {
            cluster.close();
        }
        if (hdfs != null) {
            hdfs.shutdown();
        }
        assertThat(started).as("processes that outlived the cluster").noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(1)
    void aQuietRunLeavesNothingBehind() {
        try (Program quiet = trial.train("quiet", SETTINGS)) {
            Trial.awaitRound(quiet, Trial.STEPS);
            assertThat(cluster.executors()).as("executors").hasSize(2);
            Trial.require(quiet);
            assertThat(Trial.rounds(quiet)).as("ends of rounds").isEqualTo(EACH_ROUND_ONCE);
        }
        assertThat(trial.parts("quiet", LAST)).as("parts, one a replica").hasSize(2);
        assertThat(cluster.executorsSaid())
                .as("what executors keep between rounds")
                .contains("session KEPT, state HELD")
                .doesNotContainPattern("round from step [1-9].*(OPENED|RESTORED|RECEIVED)");
        assertThat(cluster.executors()).as("executors after the run").isEmpty();
        assertThat(cluster.leftovers()).as("files left behind").isEmpty();
    }

    @Test
    @Order(2)
    void aKilledExecutorCostsARound() {
        try (Program run = trial.train("killed", SETTINGS)) {
            Trial.awaitRound(run, Trial.STEPS);
            boolean ended = run.pause(INTO_A_ROUND);
            assertThat(ended).as("ended early: %s", run.said()).isFalse();
            StandaloneCluster.kill(cluster.executors().get(0));
            Trial.require(run);
            assertThat(run.said()).as("what Spark noticed").contains("Lost executor");
            assertThat(Trial.rounds(run))
                    .as("ends of rounds: none was repeated from the beginning of the run")
                    .isEqualTo(EACH_ROUND_ONCE);
        }
        assertThat(cluster.executorsSaid())
                .as("where the state came from: the survivor's, not a checkpoint's")
                .containsPattern("round from step [1-9].* state (WENT_BACK|HELD)") // as it was in the steps, or not yet
                .containsPattern("round from step [1-9].* state RECEIVED")
                .doesNotContainPattern("round from step [1-9].* state RESTORED");
        assertThat(trial.parts("killed", LAST))
                .as("parts of the state")
                .hasSize(2)
                .isEqualTo(trial.parts("quiet", LAST));
    }

    @Test
    @Tag("soak") // two deadlines of Spark have to pass
    @Order(3)
    void aStoppedExecutorIsReplaced() {
        try (Program run = trial.train("stopped", SETTINGS)) {
            Trial.awaitRound(run, Trial.STEPS);
            boolean ended = run.pause(INTO_A_ROUND);
            assertThat(ended).as("ended early: %s", run.said()).isFalse();
            Signals.stop(cluster.executors().get(1));
            Trial.require(run);
            assertThat(Trial.rounds(run)).as("ends of rounds").isEqualTo(EACH_ROUND_ONCE);
        }
        assertThat(trial.parts("stopped", LAST)).as("parts of the state").isEqualTo(trial.parts("quiet", LAST));
    }

    @Test
    @Tag("soak") // a third whole run; KilledProcessIT kills a driver in the normal build
    @Order(4)
    void aRunWhoseDriverIsKilledIsResumed() {
        String[] settings = {SETTINGS[0], "checkpoint.every=1ep"};
        try (Program killed = trial.train("resumed", settings)) {
            Trial.awaitRound(killed, 2 * Trial.STEPS);
            boolean ended = killed.pause(INTO_A_ROUND);
            assertThat(ended).as("ended early: %s", killed.said()).isFalse();
            killed.kill();
        }
        try (Program resumed = trial.resume("resumed", settings)) {
            Trial.require(resumed);
            assertThat(resumed.said()).as("progress").containsPattern("resuming at step (14|21)");
        }
        assertThat(trial.parts("resumed", LAST)).as("parts of the state").isEqualTo(trial.parts("quiet", LAST));
        assertThat(cluster.executors()).as("executors after the run").isEmpty();
    }
}
