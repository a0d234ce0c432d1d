package io.squadron.replica;

import java.util.EnumMap;
import java.util.Map;

/** Adds up where a rank's time goes. One thread. */
final class Stopwatch {
    /** What time is spent on. */
    enum Phase {
        READ,
        COMPUTE,
        NORM_WAIT,
        GRADIENT_WAIT,
        OTHER
    }

    private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
    private long last = System.nanoTime();

    /** Books the time since the last call on {@code phase}. */
    void lap(Phase phase) {
        long now = System.nanoTime();
        nanos.merge(phase, now - last, Long::sum);
        last = now;
    }

    /** Moves {@code amount} of what was booked from one phase to another. */
    void move(Phase from, Phase to, long amount) {
        nanos.merge(from, -amount, Long::sum);
        nanos.merge(to, amount, Long::sum);
    }

    Timing timing() {
        return new Timing(
                seconds(Phase.READ),
                seconds(Phase.COMPUTE),
                seconds(Phase.NORM_WAIT),
                seconds(Phase.GRADIENT_WAIT),
                seconds(Phase.OTHER));
    }

    private double seconds(Phase phase) {
        return nanos.getOrDefault(phase, 0L) / 1e9;
    }
}
