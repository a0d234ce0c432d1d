package io.squadron.driver.transport;

import io.squadron.collective.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Asynchronous sums in the order in which they were asked for. Two are under way at once, so that the next one's values
 * travel while the last sums of the one before do. Thread-safe.
 */
final class Buckets {
    private static final int AT_ONCE = 2;

    private final Deque<Running> waiting = new ArrayDeque<>();
    private final List<Running> begun = new ArrayList<>();

    Pending submit(Running sum) {
        synchronized (this) {
            waiting.add(sum);
        }
        next();
        return () -> await(sum);
    }

    /** Begins what may begin; also to be called whenever a sum is over. */
    void next() {
        List<Running> ready = new ArrayList<>();
        synchronized (this) {
            begun.removeIf(Running::isOver);
            while (begun.size() < AT_ONCE && !waiting.isEmpty()) {
                Running sum = waiting.remove();
                begun.add(sum);
                ready.add(sum);
            }
        }
        ready.forEach(Running::begin);
    }

    /** Waits for those before it first: a deadline is theirs whose turn it is. */
    private void await(Running sum) {
        List<Running> before = new ArrayList<>();
        synchronized (this) {
            before.addAll(begun);
            before.addAll(waiting);
        }
        for (Running each : before) {
            if (each.turn().number() < sum.turn().number()) {
                each.await();
            }
        }
        sum.await();
    }
}
