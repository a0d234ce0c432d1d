package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run as its operator has it: stopped, looked at, gone on with, compared, exported. */
class RunsTest {
    @TempDir
    private static Path home;

    private static String dataset;

    @BeforeAll
    static void train() {
        String images = uri("images");
        dataset = uri("dataset");
        RealJobs.draw(Storage.of(Map.of()), images, 10, List.of("circle", "star"));
        Terminal prepared = RealJobs.small(List.of("prepare", "--from", images, "--out", dataset));
        assertThat(prepared.exitCode()).as(prepared.err()).isZero();
        Terminal quiet = RealJobs.run(command("runs/quiet"));
        assertThat(quiet.exitCode()).as(quiet.err()).isZero();
    }

    @Test
    void aStoppedRunIsSavedLeavesWithItsOwnCodeAndGoesOnWithTheSameBits() throws IOException {
        ByteArrayOutputStream asked = new ByteArrayOutputStream();
        Terminal stopped = stoppingAfterOneRound("runs/stopped", asked);

        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(8);
        assertThat(asked.toString(StandardCharsets.UTF_8)).as("what stop said").contains("exit code 8");
        assertThat(stopped.err()).contains("stopped on request: everything up to step 1", "train --resume");
        assertThat(home.resolve("runs/stopped/checkpoints/step-000000000001/checkpoint.json"))
                .as("a checkpoint that no plan asked for")
                .exists();
        assertThat(Files.readString(home.resolve("runs/stopped/history.jsonl")))
                .contains("{\"event\":\"halt\",\"step\":1}");
        assertThat(RealJobs.run("runs", "show", uri("runs/stopped")).out()).contains("state: stopped");
        Terminal late = RealJobs.run("stop", uri("runs/stopped"));
        assertThat(late.exitCode()).as("nobody is there to hear it").isEqualTo(4);
        assertThat(late.err()).contains("it is stopped (expected a running one)");

        copyWhole(home.resolve("runs/stopped"), home.resolve("runs/shrunk"));
        Terminal resumed = RealJobs.run("train", "--run", uri("runs/stopped"), "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(parts("runs/stopped")).as("weights and optimiser").isEqualTo(parts("runs/quiet"));
        assertThat(home.resolve("runs/stopped/stop.json")).doesNotExist();
        try (Stream<Path> files = Files.list(home.resolve("runs/stopped"))) {
            assertThat(files.filter(each -> each.getFileName().toString().startsWith("events.out.tfevents.")))
                    .as("event files, one for each start")
                    .hasSize(2);
        }

        Terminal fewer = RealJobs.run("train", "--run", uri("runs/shrunk"), "--resume", "--set", "training.replicas=1");
        assertThat(fewer.exitCode()).as(fewer.err()).isZero();
        assertThat(fewer.err()).contains("1 replica, ", "resumed at step 1");
    }

    @Test
    void aListShowsEveryRunAndSaysWhatIsWrong() throws IOException {
        Path elsewhere = Files.createDirectories(home.resolve("listed"));
        copy(home.resolve("runs/quiet"), elsewhere.resolve("deeper/good"));
        copy(home.resolve("runs/quiet"), elsewhere.resolve("cut"));
        Files.writeString(elsewhere.resolve("cut/configuration.json"), "{\"squadron\": {");
        copy(home.resolve("runs/quiet"), elsewhere.resolve("gone"));
        Files.writeString(
                elsewhere.resolve("gone/heartbeat.json"), "{\"state\":\"running\",\"at\":\"2020-01-01T00:00:00Z\"}");
        copy(home.resolve("runs/quiet"), elsewhere.resolve("bare"));
        Files.delete(elsewhere.resolve("bare/configuration.json"));
        Files.createDirectories(elsewhere.resolve("no-run/at-all"));

        Terminal list = RealJobs.run("runs", "list", elsewhere.toUri().toString());

        assertThat(list.exitCode()).as(list.err()).isZero();
        List<String> lines = list.out().lines().toList();
        assertThat(lines).as("head").first().asString().startsWith("run ").contains("best", "architecture");
        assertThat(row(lines, "deeper/good")).contains(" finished ", " 2/2 ", "%", "resnet18", "dataset");
        assertThat(row(lines, "cut")).contains(" damaged ");
        assertThat(row(lines, "bare")).contains(" damaged ");
        assertThat(row(lines, "gone")).contains(" dead ", "2020-01-01T00:00:00Z");
        assertThat(list.out()).contains("cut is damaged: its configuration.json", "gone is dead: no heartbeat for");
        assertThat(list.out()).doesNotContain("no-run");
        Terminal dead = RealJobs.run("stop", elsewhere.resolve("gone").toString());
        assertThat(dead.exitCode()).as("stop of a dead one").isEqualTo(4);
    }

    @Test
    void aRunIsShownWhole() {
        Terminal shown = RealJobs.run("runs", "show", uri("runs/quiet"));

        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("state: finished", "epoch: 2/2", "training.round: 1st", "history: 4 rounds")
                .contains("checkpoints: 1", "step 4: ", "provenance of the newest", "dataset fingerprint: ")
                .doesNotContain("training.replicas: 2"); // a default
        assertThat(RealJobs.run("runs", "show", uri("images")).exitCode())
                .as("what is no run")
                .isEqualTo(4);
    }

    @Test
    void runsAreComparedAsTextAndAsAPage() throws Exception {
        Path other = home.resolve("other-run");
        copy(home.resolve("runs/quiet"), other);
        Path configuration = other.resolve("configuration.json");
        Files.writeString(
                configuration,
                Files.readString(configuration).replace("\"learning-rate\": 0.001", "\"learning-rate\": 0.5"));
        String page = uri("compared.html");

        Terminal compared = RealJobs.run("runs", "compare", uri("runs/quiet"), other.toString(), "--out", page);

        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(row(compared.out().lines().toList(), "optimiser.learning-rate"))
                .contains("0.001", "0.5");
        assertThat(compared.out())
                .contains("validation accuracy, best", "validation loss, last", "images/s")
                .doesNotContain("model.architecture");
        assertThat(Files.readString(home.resolve("compared.html")))
                .contains("What differs in the configuration", "optimiser.learning-rate", "<svg", "</html>");
    }

    @Test
    void theHistoryIsExportedAsCsvAndAsParquet() throws IOException {
        Terminal csv =
                RealJobs.run("runs", "export", uri("runs/quiet"), "--format", "csv", "--out", uri("history.csv"));
        assertThat(csv.exitCode()).as(csv.err()).isZero();
        List<String> lines = Files.readAllLines(home.resolve("history.csv"));
        assertThat(lines).as("head and a row for each round").hasSize(5);
        assertThat(lines.get(0)).startsWith("run,round,epoch,first_step,end_step,samples,loss,");
        assertThat(lines.get(1)).contains(",0,0,0,1,8,").endsWith(",,,,");
        assertThat(lines.get(4)).contains(",3,1,3,4,4,").doesNotEndWith(",");

        Terminal parquet = RealJobs.run(
                "runs", "export", uri("runs/quiet"), "--format", "parquet", "--out", uri("history.parquet"));
        assertThat(parquet.exitCode()).as(parquet.err()).isZero();
        assertThat(HistoryTables.read(uri("history.parquet")))
                .as("end_step, loss is there, validation_loss is there")
                .containsExactly("1 true false", "2 true true", "3 true false", "4 true true");
    }

    private static String row(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line of " + name + " in " + lines));
    }

    private static String uri(String name) {
        return home.resolve(name).toUri().toString();
    }

    /** Four rounds of a step; only the last one is saved by the plan. */
    private static String[] command(String run, String... further) {
        List<String> all = Stream.concat(
                        Stream.of("train", "--dataset", dataset, "--run", uri(run)), Stream.of(further))
                .toList();
        return RealJobs.small(
                        all,
                        List.of(
                                "training.round=1st",
                                "checkpoint.every=2ep",
                                "checkpoint.keep=1",
                                "report.examples=0",
                                "training.engine=auto"))
                .toArray(String[]::new);
    }

    /** Someone who reads the progress asks to stop as soon as the first round is told of. */
    private static Terminal stoppingAfterOneRound(String run, OutputStream said) {
        ByteArrayOutputStream progress = new ByteArrayOutputStream() {
            private boolean asked;

            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                if (!asked && toString(StandardCharsets.UTF_8).contains("step 1/4")) {
                    asked = true;
                    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
                    PrintWriter err = new PrintWriter(out, true, StandardCharsets.UTF_8);
                    assertThat(Main.run(new ComposedJobs(out, out), err, err, "stop", uri(run)))
                            .as("exit code of stop: %s", said)
                            .isZero();
                }
            }
        };
        StringWriter err = new StringWriter();
        Jobs jobs = new ComposedJobs(System.out, new PrintStream(progress, true, StandardCharsets.UTF_8));
        int code = Main.run(jobs, new PrintWriter(new StringWriter()), new PrintWriter(err), command(run));
        return new Terminal(code, "", progress.toString(StandardCharsets.UTF_8) + err);
    }

    /** SHA-256 of each part of the only checkpoint, as its manifest has them. */
    private static Map<String, String> parts(String run) throws IOException {
        Map<String, String> parts = new TreeMap<>();
        Path checkpoint = home.resolve(run).resolve("checkpoints/step-000000000004");
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".sqd")).toList()) {
                parts.put(file.getFileName().toString(), Checksum.sha256(Files.readAllBytes(file)));
            }
        }
        assertThat(parts).as("parts of %s", run).isNotEmpty();
        return parts;
    }

    private static void copyWhole(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("configuration.json", "history.jsonl", "heartbeat.json")) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }
}
