package io.squadron.jobs.doctor;

import io.squadron.engine.Engine;
import io.squadron.engine.Precision;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which engine {@code training.engine = auto} takes here, and which numbers {@code training.precision = auto}, and what keeps a faster one from working.
 *
 * @param engines all there are, fastest first
 */
record EngineCheck(List<Engine> engines) implements Check {
    private static final String NAME = "engine";

    @Override
    public Finding examine() {
        String obstacles = engines.stream()
                .takeWhile(engine -> engine.obstacle().isPresent())
                .map(engine -> engine.name() + " cannot work here: "
                        + engine.obstacle().orElseThrow())
                .collect(Collectors.joining("; "));
        List<String> working = engines.stream()
                .filter(engine -> engine.obstacle().isEmpty())
                .map(engine -> engine.name() + ", and for precision "
                        + engine.precision(Precision.AUTO).name().toLowerCase(Locale.ROOT))
                .toList();
        if (working.isEmpty()) {
            return Finding.fail(NAME, obstacles, "See native libraries and cpu: training needs one engine that works");
        }
        return obstacles.isEmpty()
                ? Finding.ok(NAME, "auto takes " + working.get(0))
                : Finding.warn(
                        NAME,
                        "auto takes " + working.get(0) + "; " + obstacles,
                        "Training works, but slower than it could");
    }
}
