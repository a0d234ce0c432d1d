package io.squadron.driver.spark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetIndex;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.testing.FaultyRelay;
import io.squadron.testing.S3Server;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A real S3 server in a process of its own, behind a relay that spoils answers: {@code ./mvnw -Ps3 ...}. */
@EnabledIfSystemProperty(named = S3Server.CLASS_PATH, matches = ".+")
class S3Test {
    @TempDir
    static Path folder;

    private static S3Server server;
    private static FaultyRelay relay;

    private final SparkSession spark = LocalSpark.session();

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start(folder);
        relay = new FaultyRelay(server.port());
        S3Server.settings(relay.port())
                .forEach(LocalSpark.session().sparkContext().hadoopConfiguration()::set);
    }

    @AfterAll
    static void stop() {
        S3Server.settings(0)
                .keySet()
                .forEach(LocalSpark.session().sparkContext().hadoopConfiguration()::unset);
        relay.close();
        server.close();
    }

    @Test
    void aDatasetOnS3IsTheOneOnDiskAlsoWhenAnswersAreSpoiled() {
        Storage storage = SparkStorage.of(spark);
        ImageFolders.write(storage, folder.resolve("images").toString(), 6, "a", "b");
        ImageFolders.write(storage, "s3a://data/images", 6, "a", "b");
        DatasetDescription here = Prepare.run(
                spark,
                PrepareSettings.of(
                        folder.resolve("images").toString(),
                        folder.resolve("dataset").toString()));
        relay.spoil(FaultyRelay.Fault.SERVER_ERROR, 3);
        DatasetDescription there = Prepare.run(spark, PrepareSettings.of("s3a://data/images", "s3a://data/dataset"));
        assertThat(relay.spoiled()).as("errors of the server").isEqualTo(3);
        assertThat(there.shards()).as("shards, by checksum").isEqualTo(here.shards());
        assertThat(there.fingerprint()).as("fingerprint").isEqualTo(here.fingerprint());

        DatasetIndex index = DatasetIndexes.load(spark, "s3a://data/dataset");
        String shard = Storage.child(index.directory(), index.shardNames().get(0));
        byte[] expected = storage.read(
                folder.resolve("dataset/" + index.shardNames().get(0)).toString());
        for (FaultyRelay.Fault each : List.of(FaultyRelay.Fault.SLOW, FaultyRelay.Fault.TRUNCATED)) {
            relay.spoil(each, 1);
            assertThat(storage.read(shard)).as("read once it was %s", each).isEqualTo(expected);
            assertThat(relay.spoiled()).as("spoiled as %s", each).isEqualTo(1);
        }
        relay.spoil(FaultyRelay.Fault.NONE, 0);
    }

    @Test
    void expiredCredentialsAreAClearErrorThatShowsNone() {
        Storage storage = SparkStorage.of(spark);
        storage.replace("s3a://data/thing", new byte[2000]);
        relay.spoil(FaultyRelay.Fault.EXPIRED, 1000);
        Failure failure = catchThrowableOfType(Failure.class, () -> storage.read("s3a://data/thing"));
        relay.spoil(FaultyRelay.Fault.NONE, 0);
        assertThat(failure.kind()).as("kind of: %s", failure).isEqualTo(Failure.Kind.RESOURCES);
        assertThat(failure).as("failure").hasMessageContaining("s3a://data/thing");
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        assertThat(all.toString() + storage)
                .as("all that could be printed")
                .contains("ExpiredToken")
                .doesNotContain(S3Server.SECRET);
    }
}
