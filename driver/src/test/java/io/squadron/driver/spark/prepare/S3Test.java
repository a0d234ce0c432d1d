package io.squadron.driver.spark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetIndex;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A real S3 server in a process of its own, behind a relay that spoils answers: {@code ./mvnw -Ps3 ...}. */
@EnabledIfSystemProperty(named = "s3proxy.classpath", matches = ".+")
class S3Test {
    private static final String IDENTITY = "an-identity";
    private static final String SECRET = "a-secret-that-nobody-may-print";

    @TempDir
    static Path folder;

    private static Process server;
    private static FaultyRelay relay;

    private final SparkSession spark = LocalSpark.session();

    @BeforeAll
    static void start() throws Exception {
        int port = freePort();
        Path settings = folder.resolve("s3proxy.properties");
        Files.createDirectories(folder.resolve("buckets/data"));
        Files.writeString(
                settings,
                String.join(
                        "\n",
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + IDENTITY,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=filesystem",
                        "jclouds.filesystem.basedir=" + folder.resolve("buckets")));
        String classPath = Files.readString(Path.of(System.getProperty("s3proxy.classpath")))
                .strip();
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        Awaitility.await("the server answers")
                .atMost(java.time.Duration.ofSeconds(90))
                .until(() -> answers(port));
        relay = new FaultyRelay(port);
        settings(relay.port()).forEach(LocalSpark.session().sparkContext().hadoopConfiguration()::set);
    }

    @AfterAll
    static void stop() {
        settings(0).keySet().forEach(LocalSpark.session().sparkContext().hadoopConfiguration()::unset);
        relay.close();
        server.destroyForcibly();
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
                .doesNotContain(SECRET);
    }

    private static Map<String, String> settings(int port) {
        return Map.of(
                "fs.s3a.endpoint", "http://127.0.0.1:" + port,
                "fs.s3a.path.style.access", "true",
                "fs.s3a.connection.ssl.enabled", "false",
                "fs.s3a.access.key", IDENTITY,
                "fs.s3a.secret.key", SECRET,
                "fs.s3a.bucket.probe", "0",
                // The server takes ten seconds to refuse to delete a directory that is not empty.
                "fs.s3a.directory.marker.retention", "keep",
                "fs.s3a.retry.interval", "50ms",
                "fs.s3a.attempts.maximum", "5");
    }

    private static boolean answers(int port) throws InterruptedException {
        assertThat(server.isAlive()).as("the server runs").isTrue();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    != HttpURLConnection.HTTP_UNAVAILABLE;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
