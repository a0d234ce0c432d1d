package io.squadron.engine.onednn;

import io.squadron.model.Layout;
import io.squadron.parallel.Crew;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;

/** The native objects that live as long as a session. What cannot be had whole is not had at all. */
final class Natives implements AutoCloseable {
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final engine cpu;
    private final stream queue;
    private final Arena arena;
    private final Crew crew;
    private final Flat weights;
    private final Gradients gradients;

    /** With room for those weights of {@code layout} that have a lasting copy, and a crew of {@code threads} that fills and empties it. */
    Natives(Layout layout, int threads) {
        try {
            crew = own(() -> new Crew(threads, "squadron-copies"));
            cpu = own(() -> new engine(engine.kind.cpu, 0));
            queue = own(() -> new stream(cpu));
            arena = own(Arena::new);
            weights = own(() -> new Flat(layout, Supply::lasts));
            gradients = own(() -> new Gradients(layout, weights));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T own(Supplier<T> maker) {
        T made = maker.get();
        owned.push(made);
        return made;
    }

    engine cpu() {
        return cpu;
    }

    Crew crew() {
        return crew;
    }

    stream queue() {
        return queue;
    }

    Arena arena() {
        return arena;
    }

    Flat weights() {
        return weights;
    }

    Gradients gradients() {
        return gradients;
    }

    /** Frees everything, the latest first. */
    @Override
    public void close() {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("Cannot free native memory", e);
            }
        }
    }
}
