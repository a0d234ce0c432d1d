package io.squadron.jobs.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured.
 *
 * @param cores that this JVM may use
 * @param load average of the last minute, when the measuring began
 */
public record Surroundings(String cpu, int cores, String java, double load) {
    private static final Path STATUS = Path.of("/proc/self/status");

    static Surroundings here() {
        return new Surroundings(
                field(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** The most memory that this process ever had (VmHWM). */
    static Row.Peak peak() {
        String kilobytes = field(STATUS, "VmHWM").replaceAll("\\D", "");
        return new Row.Peak(
                Long.parseLong(kilobytes) * 1024, Runtime.getRuntime().maxMemory());
    }

    private static String field(Path file, String name) {
        try {
            return Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith(name) && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
