package io.squadron.engine.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The programs used last; who falls out is closed. */
final class Recent<K, P extends AutoCloseable> {
    private static final int KEPT = 4;

    private final Map<K, P> programs = new LinkedHashMap<>(KEPT, 0.75f, true);

    P get(K key, Function<K, P> compile) {
        P program = programs.get(key);
        if (program == null) {
            program = compile.apply(key);
            programs.put(key, program);
            if (programs.size() > KEPT) {
                K eldest = programs.keySet().iterator().next();
                close(programs.remove(eldest));
            }
        }
        return program;
    }

    void close() {
        programs.values().forEach(Recent::close);
        programs.clear();
    }

    private static void close(AutoCloseable program) {
        try {
            program.close();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot free a program", e);
        }
    }
}
