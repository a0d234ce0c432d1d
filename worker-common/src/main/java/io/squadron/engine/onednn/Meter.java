package io.squadron.engine.onednn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Books the time of one call, part after part. After the first calls it allocates nothing. One thread. */
final class Meter {
    private String[] kinds = new String[512];
    private long[] nanos = new long[512];
    private int laps;
    private long last;

    /** Forgets everything; the first part begins now. */
    void start() {
        laps = 0;
        last = System.nanoTime();
    }

    /** A part ends here, and the next begins. */
    void lap(String kind) {
        if (laps == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * laps);
            nanos = Arrays.copyOf(nanos, 2 * laps);
        }
        long now = System.nanoTime();
        kinds[laps] = kind;
        nanos[laps] = now - last;
        laps++;
        last = now;
    }

    Map<String, Long> byKind() {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (int i = 0; i < laps; i++) {
            sums.merge(kinds[i], nanos[i], Long::sum);
        }
        return sums;
    }
}
