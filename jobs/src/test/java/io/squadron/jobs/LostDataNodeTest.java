package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DataNode that has the training images dies while a run reads them and writes checkpoints; two others are left. */
@Tag("soak")
class LostDataNodeTest {
    private static final Map<String, String> CLIENT = Map.of("dfs.replication", "2", "dfs.blocksize", "8m");
    /** Four rounds of five steps; no cache, so that every sample is read from HDFS in each. */
    private static final List<String> SETTINGS =
            List.of("training.epochs=4", "checkpoint.every=3ep", "input.cache-memory=0 MiB");

    private static final String FIRST_ROUND = "  validation  step 5,";

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
        CLIENT.forEach(configuration::set);
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(3).build();
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
    void aRunThatLosesADataNodeEndsWithTheLossesOfAnUndisturbedOne() throws Exception {
        Terminal quiet = RealJobs.small(command("quiet"), SETTINGS.toArray(String[]::new));
        assertThat(quiet.exitCode()).as("exit code of the quiet run: %s", quiet).isZero();

        int node = holder(shard());
        CompletableFuture<String> stopped = new CompletableFuture<>();
        Watched progress = new Watched(
                FIRST_ROUND,
                () -> stopped.complete(cluster.stopDataNode(node).getDatanode().getDisplayName()));
        StringWriter err = new StringWriter();
        int exitCode = Main.run(
                new ComposedJobs(progress.stream(), progress.stream()),
                new PrintWriter(err),
                new PrintWriter(err),
                RealJobs.small(command("disturbed"), SETTINGS).toArray(String[]::new));
        assertThat(stopped)
                .as("the DataNode was stopped before the run ended; %s", progress)
                .isDone();
        assertThat(exitCode)
                .as("exit code of the disturbed run: %s %s", err, progress)
                .isZero();
        assertThat(cluster.getDataNodes()).as("DataNodes that are left").hasSize(2);
        assertThat(files("disturbed/losses")).as("losses of every step").isEqualTo(files("quiet/losses"));
        assertThat(files("disturbed/checkpoints/step-000000000020"))
                .as("parts of the last state")
                .isEqualTo(files("quiet/checkpoints/step-000000000020"));
    }

    private static List<String> command(String run) {
        return List.of("train", "--dataset", hdfs + "/dataset", "--run", hdfs + "/runs/" + run);
    }

    private static String shard() {
        return STORAGE.list(hdfs + "/dataset/shards").stream()
                .map(StoredFile::uri)
                .filter(uri -> uri.contains("train"))
                .findFirst()
                .orElseThrow();
    }

    /** The place among the cluster's DataNodes of one that has the first block of {@code uri}. */
    private static int holder(String uri) throws IOException {
        String name = cluster.getFileSystem()
                .getFileBlockLocations(new org.apache.hadoop.fs.Path(uri), 0, 1)[0]
                .getNames()[0];
        int port = Integer.parseInt(name.substring(name.lastIndexOf(':') + 1));
        return IntStream.range(0, cluster.getDataNodes().size())
                .filter(i -> cluster.getDataNodes().get(i).getXferAddress().getPort() == port)
                .findFirst()
                .orElseThrow();
    }

    /** Hash of the bytes of each file below a run's directory, by name; what says when and where it was made aside. */
    private static Map<String, Integer> files(String directory) {
        Map<String, Integer> files = new TreeMap<>();
        for (StoredFile file : STORAGE.list(hdfs + "/runs/" + directory)) {
            if (!file.name().equals("checkpoint.json")) {
                files.put(file.name(), Arrays.hashCode(STORAGE.read(file.uri())));
            }
        }
        assertThat(files).as("files in %s", directory).isNotEmpty();
        return files;
    }

    /** Progress, and something that begins in a thread of its own when a certain line appears. */
    private static final class Watched extends ByteArrayOutputStream {
        private final String line;
        private final Thread then;

        Watched(String line, Runnable then) {
            this.line = line;
            this.then = new Thread(then, "stops a DataNode");
        }

        PrintStream stream() {
            return new PrintStream(this, true, StandardCharsets.UTF_8);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (then.getState() == Thread.State.NEW
                    && toString(StandardCharsets.UTF_8).contains(line)) {
                then.start();
            }
        }

        @Override
        public synchronized String toString() {
            return toString(StandardCharsets.UTF_8);
        }
    }
}
