package io.squadron.jobs.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.squadron.failure.Failure;
import io.squadron.model.ModelSpec;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs one variant in a JVM of its own, whose heap is no larger than it needs, and reads how much memory that took. */
final class OwnProcess {
    /** Of the heap, for everything but flat vectors and images. */
    private static final long SLACK = 192L << 20;

    /** For what dies young: as long as none of it is collected, all of this is resident. */
    private static final long YOUNG = 32L << 20;

    private static final int STEPS = 2;
    private static final int LONGEST_MESSAGE = 2000;

    private final Subject subject;
    private final long vectorBytes;
    private final long imageBytes;

    OwnProcess(Subject subject, ModelSpec spec) {
        this.subject = subject;
        this.vectorBytes = Contender.vectorBytes(spec.layout().length());
        this.imageBytes = (long) spec.input().elements() * Float.BYTES;
    }

    /** The largest heap that the process gets: what lies on it, and {@link #SLACK}. */
    long heapBytes(int count) {
        return vectorBytes + count * imageBytes + SLACK;
    }

    /** Empty where the variant is refused there as it will be here. */
    Optional<Row.Peak> peak(Variant variant, int count) {
        try {
            Path json = Files.createTempFile("bench", ".json");
            try {
                Path output = Files.createTempFile("bench", ".log");
                try {
                    return peak(command(variant, count, json), json, output);
                } finally {
                    Files.delete(output);
                }
            } finally {
                Files.delete(json);
            }
        } catch (IOException e) {
            throw Failure.resources("Cannot run %s in a process of its own: %s", variant, e.getMessage())
                    .causedBy(e);
        }
    }

    private static Optional<Row.Peak> peak(List<String> command, Path json, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = await(process);
        if (exitCode == Failure.Kind.USAGE.exitCode()) {
            return Optional.empty();
        }
        if (exitCode != 0) {
            String said = Files.readString(output);
            throw Failure.resources(
                    "Cannot bench in a process of its own: it ended with %d (expected 0). It was %s and said: %s",
                    exitCode, command, said.substring(Math.max(0, said.length() - LONGEST_MESSAGE)));
        }
        JsonNode row = StepJson.MAPPER.readTree(json.toFile()).get("results").get(0);
        return Optional.of(new Row.Peak(
                row.get("peakResidentBytes").asLong(), row.get("heapBytes").asLong()));
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw Failure.resources("Cannot wait for a process of the bench: interrupted")
                    .causedBy(e);
        }
    }

    private List<String> command(Variant variant, int count, Path json) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms%dm".formatted(heapBytes(count) >> 20),
                "-Xmx%dm".formatted(heapBytes(count) >> 20),
                // No bitmaps over the heap, and garbage has its place beside the vectors: see deploy/README.md.
                "-XX:+UseSerialGC",
                "-Xmn%dm".formatted(YOUNG >> 20),
                // Without a word it holds native memory to the size of the heap.
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"));
        Optional.ofNullable(System.getProperty("log4j2.configurationFile"))
                .ifPresent(file -> command.add("-Dlog4j2.configurationFile=" + file));
        command.addAll(List.of("-cp", classPath(), "io.squadron.jobs.Main", "bench", "step"));
        command.addAll(List.of("--architecture", subject.architecture(), "--size", "" + subject.size()));
        command.addAll(List.of("--classes", "" + subject.classes(), "--mode", word(subject.mode())));
        command.addAll(List.of("--images", word(subject.feed()), "--seed", "" + subject.seed()));
        command.addAll(List.of("--batch", "" + count, "--threads", "" + variant.threads()));
        command.addAll(List.of("--engine", variant.engine(), "--precision", variant.precisionWord()));
        command.addAll(List.of("--warmup", "1", "--steps", "" + STEPS, "--json", json.toString()));
        return command;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** That of this process, with the jar that these classes came from: Spark loads it beside the class path. */
    private static String classPath() {
        try {
            Path own = Path.of(OwnProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own + File.pathSeparator + System.getProperty("java.class.path");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot tell where Squadron's own classes lie", e);
        }
    }
}
