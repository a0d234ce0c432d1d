package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.jobs.compose.Cluster;
import io.squadron.storage.Storage;
import io.squadron.testing.FaultyRelay;
import io.squadron.testing.FaultyRelay.Fault;
import io.squadron.testing.S3Server;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The main job on a real S3 server behind a relay that spoils answers, and a search for the secret key in all that it leaves: {@code ./mvnw -Ps3 ...}. */
@EnabledIfSystemProperty(named = S3Server.CLASS_PATH, matches = ".+")
class S3JobsTest {
    private static final Storage STORAGE = Storage.of(Map.of());
    private static final String S3 = "s3a://data";
    private static final String CLIENT = "org.apache.hadoop.fs.s3a";

    @TempDir
    private static Path folder;

    private static final StringWriter LOG = new StringWriter();
    private static final Map<String, String> SETTINGS = new HashMap<>();
    private static WriterAppender appender;
    private static S3Server server;
    private static FaultyRelay relay;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start(folder);
        relay = new FaultyRelay(server.port());
        S3Server.settings(relay.port()).forEach((key, value) -> SETTINGS.put("spark.hadoop." + key, value));
        SETTINGS.put("spark.eventLog.enabled", "true");
        SETTINGS.put("spark.eventLog.compress", "false");
        SETTINGS.put(
                "spark.eventLog.dir",
                Files.createDirectory(folder.resolve("events")).toUri().toString());
        SETTINGS.put("spark.logConf", "true");
        SETTINGS.forEach(System::setProperty);
        // Spark configures logging when it starts for the first time: only then is there something to listen to.
        Cluster.start("a first Spark").close();
        listen();
    }

    private static void listen() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        PatternLayout layout = PatternLayout.newBuilder()
                .withConfiguration(context.getConfiguration())
                .withPattern("%p %c %m%n%throwable")
                .build();
        appender = WriterAppender.createAppender(layout, null, LOG, "everything", false, true);
        appender.start();
        context.getConfiguration().getRootLogger().addAppender(appender, Level.ALL, null);
        Configurator.setRootLevel(Level.INFO);
        Configurator.setLevel(CLIENT, Level.DEBUG);
    }

    @AfterAll
    static void stop() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        context.getConfiguration().getRootLogger().removeAppender("everything");
        Configurator.setLevel(CLIENT, Level.INFO);
        appender.stop();
        SETTINGS.keySet().forEach(System::clearProperty);
        relay.close();
        server.close();
    }

    @Test
    void aWholeRunOnS3WithSpoiledAnswersEqualsAQuietOneOnDisk() throws IOException {
        // Not on the server, where writing each by the client takes a second.
        String images = folder.resolve("images").toString();
        RealJobs.draw(STORAGE, images, 20, List.of("circle", "square"));
        String quiet = folder.resolve("quiet").toString();
        assertWorked(prepareAndTrain(images, quiet));

        relay.spoilEach(7, List.of(Fault.SERVER_ERROR, Fault.TRUNCATED, Fault.SLOW));
        List<Terminal> printed = new ArrayList<>(prepareAndTrain(images, S3));
        printed.add(RealJobs.run("evaluate", "--run", S3 + "/run"));
        printed.add(predict());
        assertThat(relay.spoiled()).as("answers that were spoiled").isGreaterThan(10);
        relay.spoil(Fault.NONE, 0);
        assertWorked(printed);

        assertThat(lossesAndParts(server.bucket().resolve("run")))
                .as("history and last state of the run on S3")
                .isEqualTo(lossesAndParts(Path.of(quiet, "run")));
        for (String each :
                List.of("run/report.html", "run/evaluation/validation/report.html", "predictions/_predict.json")) {
            assertThat(server.bucket().resolve(each)).as("what was to be left").exists();
        }
        assertThat(LOG.toString())
                .as("logs, settings of Spark and the client's own among them")
                .contains("fs.s3a.secret.key", "DEBUG " + CLIENT);
        assertNoTrace(printed);
        everyJobEndsClearlyOnceCredentialsExpire();
    }

    private static void everyJobEndsClearlyOnceCredentialsExpire() throws IOException {
        relay.spoilEach(1, List.of(Fault.EXPIRED));
        List<Terminal> printed = List.of(
                RealJobs.small(List.of("prepare", "--from", S3 + "/images", "--out", S3 + "/later")),
                RealJobs.small(List.of("train", "--dataset", S3 + "/dataset", "--run", S3 + "/later")),
                RealJobs.run("evaluate", "--run", S3 + "/run"),
                predict());
        relay.spoil(Fault.NONE, 0);
        assertThat(printed)
                .as("exit codes with expired credentials")
                .allMatch(each -> each.exitCode() == 5)
                .allMatch(each ->
                        each.err().contains("ExpiredToken") && !each.err().contains("\tat "));
        assertNoTrace(printed);
    }

    private static List<Terminal> prepareAndTrain(String images, String where) {
        return List.of(
                RealJobs.small(List.of("prepare", "--from", images, "--out", where + "/dataset")),
                RealJobs.small(
                        List.of("train", "--dataset", where + "/dataset", "--run", where + "/run"),
                        "training.epochs=1"));
    }

    private static Terminal predict() {
        return RealJobs.run(
                "predict",
                "--run",
                S3 + "/run",
                "--source",
                folder.resolve("images").toString(),
                "--out",
                S3 + "/predictions");
    }

    private static void assertWorked(List<Terminal> printed) {
        assertThat(printed).as("exit codes").allMatch(each -> each.exitCode() == 0);
    }

    private static void assertNoTrace(List<Terminal> printed) throws IOException {
        assertThat(holders(folder)).as("files with the secret key").containsExactly("s3proxy.properties");
        assertThat(LOG.toString().lines().filter(line -> line.contains(S3Server.SECRET)))
                .as("lines of logs with it")
                .isEmpty();
        assertThat(printed.toString()).as("what was printed").doesNotContain(S3Server.SECRET);
    }

    /** What the run lost at each step, and a hash of each part of its last state. */
    private static Map<String, Integer> lossesAndParts(Path run) throws IOException {
        Map<String, Integer> all = new TreeMap<>();
        for (String directory : List.of("checkpoints/step-000000000005", "losses")) {
            try (Stream<Path> files = Files.list(run.resolve(directory))) {
                for (Path file :
                        files.filter(each -> !each.toString().endsWith(".json")).toList()) {
                    all.put(directory + "/" + file.getFileName(), Arrays.hashCode(Files.readAllBytes(file)));
                }
            }
        }
        assertThat(all.keySet()).as("files that are compared").hasSizeGreaterThan(2);
        return all;
    }

    /** Files below {@code directory} that hold the secret key: everything on the server, the event logs, the server's log. */
    private static List<String> holders(Path directory) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(S3Server.SECRET)) {
                    found.add(directory.relativize(file).toString());
                }
            }
        }
        return found;
    }
}
