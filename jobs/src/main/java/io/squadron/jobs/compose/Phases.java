package io.squadron.jobs.compose;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Times the phases of a job and says which one runs. */
final class Phases {
    private final PrintStream progress;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    Phases(PrintStream progress) {
        this.progress = progress;
    }

    <T> T time(String name, Supplier<T> phase) {
        progress.println(name + " ...");
        long began = System.nanoTime();
        T result = phase.get();
        seconds.put(name, (System.nanoTime() - began) / 1e9);
        return result;
    }

    /** Seconds by phase, and their sum. */
    String table() {
        StringBuilder text = new StringBuilder();
        seconds.forEach((name, spent) -> text.append(String.format(Locale.ROOT, "%-20s %7.1f s%n", name, spent)));
        double total =
                seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        return text.append(String.format(Locale.ROOT, "%-20s %7.1f s", "all", total))
                .toString();
    }
}
