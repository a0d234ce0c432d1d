package io.squadron.driver.source;

import io.squadron.random.RandomStream;

/** A growing set of longs: open addressing, at most half full, 16 to 32 bytes for each. Not thread-safe. */
public final class LongSet {
    private long[] slots = new long[1 << 10];
    private int size;
    private boolean zero;

    /** False where it was in it already. */
    public boolean add(long value) {
        if (value == 0) {
            boolean fresh = !zero;
            zero = true;
            return fresh;
        }
        int at = find(slots, value);
        if (slots[at] == value) {
            return false;
        }
        slots[at] = value;
        if (++size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    public boolean contains(long value) {
        return value == 0 ? zero : slots[find(slots, value)] == value;
    }

    public int size() {
        return size + (zero ? 1 : 0);
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long each : slots) {
            if (each != 0) {
                larger[find(larger, each)] = each;
            }
        }
        slots = larger;
    }

    /** Where it is, or the free place where it belongs. */
    private static int find(long[] slots, long value) {
        int mask = slots.length - 1;
        int at = (int) RandomStream.mix(value) & mask;
        while (slots[at] != 0 && slots[at] != value) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
