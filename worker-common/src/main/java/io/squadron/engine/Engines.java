package io.squadron.engine;

import io.squadron.failure.Failure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines on the class path, found as services, fastest first. */
public final class Engines {
    /** The name that stands for the fastest engine that loads. */
    public static final String AUTO = "auto";

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    private Engines() {}

    /** The engine of that name, or for {@link #AUTO} the first that works here. */
    public static Engine named(String name) {
        List<Engine> known = known();
        Optional<Engine> found = name.equals(AUTO)
                ? fastest(known)
                : known.stream().filter(engine -> engine.name().equals(name)).findFirst();
        return found.orElseThrow(() -> Failure.usage(
                "Cannot open engine '%s': it is not on the class path (found: %s)",
                name, known.stream().map(Engine::name).toList()));
    }

    /** The first that works here; says which one that is, and why the faster ones were passed over. */
    private static Optional<Engine> fastest(List<Engine> known) {
        for (Engine engine : known) {
            Optional<String> obstacle = engine.obstacle();
            if (obstacle.isEmpty()) {
                LOG.info("Engine {}: the fastest that works here", engine.name());
                return Optional.of(engine);
            }
            LOG.info("Engine {} is passed over: {}", engine.name(), obstacle.get());
        }
        return Optional.empty();
    }

    /** All there are, whether they work here or not, fastest first. */
    public static List<Engine> known() {
        return ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(Engine::rank).reversed())
                .toList();
    }
}
