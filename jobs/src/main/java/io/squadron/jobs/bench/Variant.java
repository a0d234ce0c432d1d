package io.squadron.jobs.bench;

import io.squadron.engine.Engine;
import io.squadron.engine.Precision;
import io.squadron.failure.Failure;
import java.util.Arrays;
import java.util.Locale;

/**
 * One way to compute.
 *
 * @param engine a name, or {@code auto}
 */
public record Variant(String engine, Precision precision, int threads) {
    /** What it comes to by {@code found}, the engine of that name; fails if that cannot compute so here. */
    Variant by(Engine found) {
        return new Variant(found.name(), found.precision(precision), threads);
    }

    /** As people write it: "float32". */
    String precisionWord() {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    /** From a word of the command line. */
    public static Precision precision(String word) {
        return Arrays.stream(Precision.values())
                .filter(each -> each.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        "Cannot bench in precision '%s' (expected one of %s)",
                        word,
                        Arrays.stream(Precision.values())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .toList()));
    }

    @Override
    public String toString() {
        return engine + " " + precisionWord() + ", threads " + threads;
    }
}
