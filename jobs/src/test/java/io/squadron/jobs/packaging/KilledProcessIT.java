package io.squadron.jobs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.jobs.RealJobs;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process of training is killed without warning and started again: it ends where it would have ended. */
class KilledProcessIT {
    private static final Path HOME = Path.of(System.getProperty("squadron.home"));
    private static final long PATIENCE_SECONDS = 240;
    private static final long LOOK_MILLIS = 10;
    /** Five steps an epoch, a checkpoint after each. */
    private static final int EPOCHS = 4;

    private static final String FIRST = "step-000000000005";
    private static final String LAST = "step-000000000020";

    @TempDir
    private Path scratch;

    @Test
    void aKilledRunThatIsResumedEndsWithTheSameBits() throws Exception {
        RealJobs.draw(Storage.of(Map.of()), path("images"), 20, List.of("circle", "square"));
        finish("prepare", "--from", path("images"), "--out", path("dataset"));
        finish("train", "--dataset", path("dataset"), "--run", path("quiet"));

        Process killed = start("train", "--dataset", path("dataset"), "--run", path("killed"));
        try {
            awaitCheckpoint(killed);
        } finally {
            killed.destroyForcibly();
        }
        assertThat(killed.waitFor()).as("exit code of a killed process").isEqualTo(128 + 9);
        assertThat(manifest("killed", LAST)).as("manifest of the end").doesNotExist();

        String printed = finish("train", "--resume", "--dataset", path("dataset"), "--run", path("killed"));
        assertThat(printed).as("progress").contains("resuming at step ");
        assertThat(manifest("killed", LAST)).as("manifest of the end").exists();
        assertThat(parts("killed")).as("parts of the last state").isEqualTo(parts("quiet"));
    }

    private void awaitCheckpoint(Process process) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(manifest("killed", FIRST))) {
            assertThat(process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                    .as("the process ended before its first checkpoint; it printed %s", printed())
                    .isFalse();
            assertThat(System.nanoTime())
                    .as("time of the first checkpoint; it printed %s", printed())
                    .isLessThan(deadline);
        }
    }

    /** Runs to the end, well, and returns what was printed. */
    private String finish(String... command) throws Exception {
        Process process = start(command);
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ended; it printed %s", List.of(command), printed())
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("exit code; it printed %s", printed())
                .isZero();
        return printed();
    }

    private Process start(String... command) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(HOME.resolve("squadron").toString());
        arguments.addAll(List.of("--spark", "--master local[2] --conf spark.ui.enabled=false"));
        arguments.addAll(RealJobs.small(List.of(command), List.of("training.epochs=" + EPOCHS)));
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("printed.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_") || name.startsWith("SQUADRON_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private String printed() throws IOException {
        return Files.readString(scratch.resolve("printed.txt"), StandardCharsets.UTF_8);
    }

    private String path(String name) {
        return scratch.resolve(name).toString();
    }

    private Path checkpoint(String run, String step) {
        return scratch.resolve(run).resolve("checkpoints").resolve(step);
    }

    private Path manifest(String run, String step) {
        return checkpoint(run, step).resolve("checkpoint.json");
    }

    /** SHA-256 of each part of the last state, by name; one part a replica. */
    private Map<String, String> parts(String run) throws Exception {
        Map<String, String> parts = new TreeMap<>();
        try (Stream<Path> files = Files.list(checkpoint(run, LAST))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".sqd")).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                parts.put(file.getFileName().toString(), HexFormat.of().formatHex(digest));
            }
        }
        assertThat(parts).as("parts of %s", run).hasSize(2);
        return parts;
    }
}
