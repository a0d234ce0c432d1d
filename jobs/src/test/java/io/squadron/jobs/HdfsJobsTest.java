package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All jobs on a real HDFS, the last free block of it included. */
class HdfsJobsTest {
    private static final Map<String, String> CLIENT = Map.of("dfs.replication", "1", "dfs.blocksize", "8m");
    /** A checkpoint of resnet18 with momentum takes 90 MB: the first has room, the second has not. */
    private static final long ROOM_FOR_ONE_CHECKPOINT = 128L << 20;

    @TempDir
    private static Path folder;

    private static final Storage STORAGE = Storage.of(CLIENT);
    private static MiniDFSCluster cluster;
    private static String hdfs;

    @BeforeAll
    static void startAndPrepare() throws IOException {
        CLIENT.forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        hdfs = cluster.getURI().toString();
        RealJobs.draw(STORAGE, hdfs + "/images", 20, List.of("circle", "square"));
        Terminal prepared = RealJobs.small(List.of("prepare", "--from", hdfs + "/images", "--out", hdfs + "/dataset"));
        assertThat(prepared.exitCode()).as("exit code of prepare: %s", prepared).isZero();
    }

    @AfterAll
    static void stop() {
        CLIENT.keySet().forEach(key -> System.clearProperty("spark.hadoop." + key));
        cluster.shutdown();
    }

    @Test
    void theMainJobRunsFromEndToEnd() throws IOException {
        String run = hdfs + "/runs/quiet";
        Terminal trained = train(run);
        assertThat(trained.exitCode()).as("exit code of train: %s", trained).isZero();
        assertThat(STORAGE.exists(run + "/report.html")).as("a report is there").isTrue();

        Terminal evaluated = RealJobs.run("evaluate", "--run", run, "--dataset", hdfs + "/dataset");
        assertThat(evaluated.exitCode())
                .as("exit code of evaluate: %s", evaluated)
                .isZero();
        assertThat(evaluated.out()).as("result").contains("6 images: accuracy");
        assertThat(STORAGE.exists(run + "/evaluation/validation/metrics.json"))
                .as("metrics are there")
                .isTrue();

        Terminal inspected = RealJobs.run("inspect", run);
        assertThat(inspected.exitCode())
                .as("exit code of inspect: %s", inspected)
                .isZero();
        assertThat(inspected.out())
                .as("what lies there")
                .contains("step 10, epoch 2")
                .doesNotContain("skipped");
        Terminal dataset = RealJobs.run("inspect", hdfs + "/dataset");
        assertThat(dataset.out()).as("what lies there").contains("2 classes: circle, square", "34 training");

        String full = hdfs + "/runs/full";
        fillTheDisk(full);
        assertThat(resumed(full).exitCode()).as("exit code of the resumed run").isZero();
        assertThat(parts(full)).as("parts of the last state, by content").isEqualTo(parts(run));
    }

    /** Trains into a directory that has room for one checkpoint of two. */
    private static void fillTheDisk(String run) throws IOException {
        STORAGE.makeDirectories(run);
        quota(run, ROOM_FOR_ONE_CHECKPOINT);
        Terminal trained = train(run);
        assertThat(trained.exitCode())
                .as("exit code of train on a full disk: %s", trained)
                .isEqualTo(5);
        assertThat(trained.err()).as("error").contains("Cannot write " + run + "/checkpoints/step-000000000010/");
        assertThat(trained.err()).as("error").contains("no space left");
        assertThat(manifest(run, 5)).as("the first checkpoint is committed").isTrue();
        assertThat(manifest(run, 10)).as("the second checkpoint is committed").isFalse();
        assertThat(RealJobs.run("inspect", run).out())
                .as("what lies there")
                .contains("step-000000000010: it was never committed", "step 5, epoch 1");
    }

    private static Terminal resumed(String run) throws IOException {
        quota(run, HdfsConstants.QUOTA_RESET);
        Terminal resumed = RealJobs.small(List.of("train", "--resume", "--dataset", hdfs + "/dataset", "--run", run));
        assertThat(resumed.err()).as("progress").contains("resuming at step 5");
        return resumed;
    }

    private static Terminal train(String run) {
        return RealJobs.small(List.of("train", "--dataset", hdfs + "/dataset", "--run", run));
    }

    private static void quota(String run, long bytes) throws IOException {
        DistributedFileSystem files = cluster.getFileSystem();
        files.setQuota(new org.apache.hadoop.fs.Path(run), HdfsConstants.QUOTA_DONT_SET, bytes);
    }

    private static boolean manifest(String run, int step) {
        return STORAGE.exists(directory(run, step) + "/checkpoint.json");
    }

    private static String directory(String run, int step) {
        return run + "/checkpoints/step-%012d".formatted(step);
    }

    /** Hash of each part's bytes, by name. */
    private static Map<String, Integer> parts(String run) {
        Map<String, Integer> parts = new TreeMap<>();
        for (StoredFile file : STORAGE.list(directory(run, 10))) {
            if (file.name().endsWith(".sqd")) {
                parts.put(file.name(), Arrays.hashCode(STORAGE.read(file.uri())));
            }
        }
        assertThat(parts).as("parts, one a replica").hasSize(2);
        return parts;
    }
}
