package io.squadron.driver.spark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetIndex;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareHdfsTest {
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
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        hdfs = cluster.getURI().toString();
    }

    @AfterAll
    static void stop() {
        cluster.shutdown();
    }

    @Test
    void preparingOnHdfsEqualsPreparingOnFile() {
        String local = folder.resolve("images").toUri().toString();
        ImageFolders.write(storage, local, 12, "a", "b");
        ImageFolders.write(storage, hdfs + "/images", 12, "a", "b");
        String localOut = folder.resolve("dataset").toUri().toString();
        DatasetDescription here = Prepare.run(spark, PrepareSettings.of(local, localOut));
        DatasetDescription there = Prepare.run(spark, PrepareSettings.of(hdfs + "/images", hdfs + "/dataset"));
        assertThat(there.shards()).as("shards, by checksum").isEqualTo(here.shards());
        assertThat(there.statistics()).as("statistics").isEqualTo(here.statistics());
        DatasetIndex index = DatasetIndexes.load(spark, hdfs + "/dataset");
        assertThat(index.fingerprint()).as("fingerprint").isEqualTo(here.fingerprint());
        assertThat(Manifests.rows(spark, hdfs + "/dataset"))
                .as("manifest, by rows")
                .isEqualTo(Manifests.rows(spark, localOut));
    }

    @Test
    void storageKeepsItsPromisesOnHdfs() {
        String uri = hdfs + "/storage/x";
        storage.publish(uri, new byte[] {1, 2, 3, 4});
        assertThat(storage.readRange(uri, 1, 2)).as("range").containsExactly(2, 3);
        Failure taken = catchThrowableOfType(Failure.class, () -> storage.publish(uri, new byte[1]));
        assertThat(taken.kind()).as("kind").isEqualTo(Failure.Kind.STATE);
        storage.replace(uri, new byte[] {9});
        assertThat(storage.read(uri)).as("replaced").containsExactly(9);
        Failure torn = catchThrowableOfType(
                Failure.class,
                () -> storage.replace(uri, out -> {
                    out.write(new byte[10]);
                    throw new IOException("No space left on device");
                }));
        assertThat(torn.kind()).as("kind").isEqualTo(Failure.Kind.RESOURCES);
        assertThat(storage.read(uri)).as("after a replacement that failed").containsExactly(9);
        assertThat(storage.list(hdfs + "/storage"))
                .as("files")
                .extracting(StoredFile::name, StoredFile::uri, StoredFile::length)
                .containsExactly(org.assertj.core.api.Assertions.tuple("x", uri, 1L));
        Failure missing = catchThrowableOfType(Failure.class, () -> storage.read(hdfs + "/absent"));
        assertThat(missing.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(missing).as("failure").hasMessageContaining("/absent").hasMessageContaining("does not exist");
        assertThat(Storage.of(Map.of("fs.defaultFS", hdfs)).read("/storage/x"))
                .as("by the default file system of the settings")
                .containsExactly(9);
    }
}
