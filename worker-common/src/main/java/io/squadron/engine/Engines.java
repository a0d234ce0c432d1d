package io.squadron.engine;

import io.squadron.failure.Failure;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The engines on the class path, found as services, fastest first. */
public final class Engines {
    /** The name that stands for the fastest engine that loads. */
    public static final String AUTO = "auto";

    private Engines() {}

    /** The engine of that name, or for {@link #AUTO} the first that works here. */
    public static Engine named(String name) {
        List<Engine> known = known();
        return known.stream()
                .filter(engine -> name.equals(AUTO) || engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        "Cannot open engine '%s': it is not on the class path (found: %s)",
                        name, known.stream().map(Engine::name).toList()));
    }

    private static List<Engine> known() {
        return ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(Engine::rank).reversed())
                .toList();
    }
}
