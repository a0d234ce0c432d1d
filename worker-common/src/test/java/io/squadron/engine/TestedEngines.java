package io.squadron.engine;

import io.squadron.engine.dl4j.Dl4jEngine;
import io.squadron.engine.onednn.OnednnEngine;
import java.util.List;

/** The engines that the suites of this package are run on. */
final class TestedEngines {
    private TestedEngines() {}

    static List<Engine> all() {
        return List.of(new Dl4jEngine(), new OnednnEngine());
    }

    static Engine named(String name) {
        return all().stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No engine is called " + name));
    }
}
