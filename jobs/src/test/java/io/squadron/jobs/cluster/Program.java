package io.squadron.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of ours, with all that it says in one file. Closing it kills it and whatever it started. */
final class Program implements AutoCloseable {
    private static final long LOOK_MILLIS = 20;

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts {@code command} with only {@code environment} of what Spark and Squadron read. */
    static Program start(Path log, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("SPARK_") || name.startsWith("SQUADRON_") || name.startsWith("HADOOP_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        try {
            return new Program(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    String said() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until {@code pattern} stands in what it says; fails when it ends or is late. */
    MatchResult await(Pattern pattern, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean ended = !process.isAlive();
            Matcher matcher = pattern.matcher(said());
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
            if (ended || System.nanoTime() > deadline) {
                throw new IllegalStateException("Cannot find '%s' within %s in what %s said: %s"
                        .formatted(pattern, patience, ended ? "an ended process" : "a process", said()));
            }
            pause(Duration.ofMillis(LOOK_MILLIS));
        }
    }

    /** Its exit code; fails when it does not end in time. */
    int ended(Duration patience) {
        if (!pause(patience)) {
            throw new IllegalStateException("Cannot wait longer than %s; it said %s".formatted(patience, said()));
        }
        return process.exitValue();
    }

    /** Lets {@code time} pass, or less when the process ends; true when it has ended. */
    boolean pause(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL, and waits until it is gone; what it started stays. */
    void kill() {
        process.destroyForcibly();
        if (!pause(Duration.ofSeconds(30))) {
            throw new IllegalStateException("Cannot kill process " + process.pid());
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        kill();
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(each -> each.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
}
