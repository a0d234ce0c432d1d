package io.squadron.jobs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts {@code ./squadron} itself, after the jar is made: Maven runs it in the phase integration-test. */
class LauncherIT {
    private static final Path HOME = Path.of(System.getProperty("squadron.home"));
    private static final String VERSION = System.getProperty("squadron.version");
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path scratch;

    /** What a process left behind: its exit code and everything it printed. */
    private record Outcome(int exitCode, String printed) {}

    @Test
    void versionIsPrintedWithoutStartingSpark() throws Exception {
        Outcome outcome = squadron(Map.of(), "--version");
        assertThat(outcome.exitCode())
                .as("exit code; it printed %s", outcome.printed())
                .isZero();
        assertThat(outcome.printed()).as("version").contains(VERSION).doesNotContain("WARN");
    }

    @Test
    void helpOfACommandIsPrinted() throws Exception {
        Outcome outcome = squadron(Map.of(), "train", "--help");
        assertThat(outcome.exitCode())
                .as("exit code; it printed %s", outcome.printed())
                .isZero();
        assertThat(outcome.printed()).as("help").contains("train");
    }

    @Test
    void exitCodeOfTheJobComesThroughTheEmbeddedSpark() throws Exception {
        Outcome outcome = squadron(Map.of(), "train", "--set", "squadron.trainig.epochs=1");
        assertThat(outcome.exitCode())
                .as("exit code; it printed %s", outcome.printed())
                .isEqualTo(2);
        assertThat(outcome.printed()).as("the key that is misspelt").contains("squadron.trainig");
    }

    @Test
    void optionsOfSparkReachSpark() throws Exception {
        Outcome outcome = squadron(Map.of(), "--spark", "--no-such-option", "train");
        assertThat(outcome.exitCode())
                .as("exit code; it printed %s", outcome.printed())
                .isNotZero();
        assertThat(outcome.printed()).as("complaint of spark-submit").contains("--no-such-option");
    }

    @Test
    void javaOfAnotherVersionIsRefusedByName() throws Exception {
        Path java = Files.createDirectories(scratch.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).as("made executable").isTrue();
        Outcome outcome = squadron(Map.of("JAVA_HOME", scratch.toString()), "--version");
        assertThat(outcome.exitCode()).as("exit code").isEqualTo(5);
        assertThat(outcome.printed()).as("error").contains(java + ": it is Java 11.0.2 (expected 17)");
    }

    @Test
    void fatJarHoldsTheEngineAndNoSpark() throws IOException {
        try (JarFile jar = new JarFile(HOME.resolve("jobs/target/squadron.jar").toFile())) {
            List<String> names = jar.stream().map(entry -> entry.getName()).toList();
            assertThat(names)
                    .as("entries")
                    .contains("io/squadron/failure/Failure.class", "org/nd4j/linalg/factory/Nd4j.class")
                    .anyMatch(name -> name.endsWith("linux-x86_64/libnd4jcpu.so"))
                    .noneMatch(name -> name.matches("(org/apache/(spark|hadoop)|scala|org/slf4j|com/fasterxml)/.*"))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
                    .doesNotHaveDuplicates();
        }
    }

    private Outcome squadron(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("squadron").toString()));
        command.addAll(List.of(arguments));
        Path printed = scratch.resolve("printed.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_") || name.startsWith("SQUADRON_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(ended)
                    .as("%s ended within %d s", command, PATIENCE_SECONDS)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
    }
}
