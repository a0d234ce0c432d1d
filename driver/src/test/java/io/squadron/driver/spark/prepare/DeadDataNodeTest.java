package io.squadron.driver.spark.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.ShardSource;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.image.EvaluationTransform;
import io.squadron.storage.RangedFile;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of three DataNodes, each with two thirds of everything, one after another dies while it is being read from. */
class DeadDataNodeTest {
    @TempDir
    static Path folder;

    private static MiniDFSCluster cluster;
    private static String hdfs;

    private final SparkSession spark = LocalSpark.session();
    private final Storage storage = SparkStorage.of(spark);

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        configuration.set("dfs.replication", "2");
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(3).build();
        hdfs = cluster.getURI().toString();
    }

    @AfterAll
    static void stop() {
        cluster.shutdown();
    }

    @Test
    void readingGoesOnWithTheOtherCopyAndTheDatasetIsTheSame() throws IOException {
        Storage twice = Storage.of(Map.of("dfs.replication", "2"));
        Tar tar = new Tar();
        for (int i = 0; i < 60; i++) {
            byte[] image = io.squadron.image.Encoder.png(io.squadron.image.Pictures.noise(9, 7, i));
            tar.add("%04d.png".formatted(i), image).add("%04d.cls".formatted(i), new byte[] {(byte) ('0' + i % 2)});
        }
        tar.write(twice, hdfs + "/images/a.tar");
        tar.write(twice, folder.resolve("images/a.tar").toString());
        DatasetDescription quiet = Prepare.run(
                spark,
                PrepareSettings.of(
                        folder.resolve("images").toString(),
                        folder.resolve("dataset").toString()));

        byte[] whole = twice.read(hdfs + "/images/a.tar");
        try (RangedFile open = twice.openRanged(hdfs + "/images/a.tar")) {
            assertThat(open.read(512, 100)).as("before").isEqualTo(java.util.Arrays.copyOfRange(whole, 512, 612));
            cluster.stopDataNode(holder("/images/a.tar"));
            assertThat(open.read(4096, 100)).as("after").isEqualTo(java.util.Arrays.copyOfRange(whole, 4096, 4196));
        }
        DatasetDescription disturbed = Prepare.run(spark, PrepareSettings.of(hdfs + "/images", hdfs + "/dataset"));
        assertThat(disturbed.fingerprint()).as("fingerprint").isEqualTo(quiet.fingerprint());
        assertThat(disturbed.shards()).as("shards, by checksum").isEqualTo(quiet.shards());

        quiet.shards()
                .forEach(each -> twice.publish(
                        hdfs + "/copy/" + each.name(),
                        storage.read(folder.resolve("dataset/" + each.name()).toString())));
        DatasetIndex index =
                moved(DatasetIndexes.load(spark, folder.resolve("dataset").toString()), hdfs + "/copy");
        int[] all = IntStream.range(0, index.size()).toArray();
        List<BatchRequest> requests = List.of(new BatchRequest(0, all), new BatchRequest(1, all));
        // No cache: every sample is a read of its own.
        try (BatchSource batches =
                new ShardSource(storage, index, 0, 0).open(requests, new EvaluationTransform(8, 8), 2)) {
            assertThat(batches.take().labels()).as("labels, before").isEqualTo(index.labels());
            cluster.stopDataNode(holder("/copy/" + index.shardNames().get(0)));
            assertThat(batches.take().labels()).as("labels, after").isEqualTo(index.labels());
        }
    }

    /** The place among the cluster's DataNodes of one that has the first block of {@code file}. */
    private static int holder(String file) throws IOException {
        String name = cluster.getFileSystem()
                .getFileBlockLocations(new org.apache.hadoop.fs.Path(file), 0, 1)[0]
                .getNames()[0];
        return IntStream.range(0, cluster.getDataNodes().size())
                .filter(i -> cluster.getDataNodes().get(i).getXferAddress().getPort()
                        == Integer.parseInt(name.substring(name.lastIndexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static DatasetIndex moved(DatasetIndex index, String directory) {
        return new DatasetIndex(
                directory,
                index.fingerprint(),
                index.classes(),
                index.statistics(),
                index.shardNames(),
                index.ids(),
                index.labels(),
                index.splits(),
                index.shards(),
                index.offsets(),
                index.lengths());
    }
}
