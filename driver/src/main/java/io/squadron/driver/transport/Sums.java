package io.squadron.driver.transport;

import io.squadron.collective.Wire;

/** Adds vectors in the order of their ranks. */
final class Sums {
    /** Values summed before they are handed out: stays in the first-level cache. */
    private static final int BLOCK = 2048;

    private Sums() {}

    /** One rank's vector: {@code values} from {@code offset} on. */
    record Part(float[] values, int offset) {}

    /** Writes parts[0] + parts[1] + ..., added in that order, to {@code target}, which may be one of them. */
    static void add(Part[] parts, int length, Wire wire, Part target) {
        float[] block = new float[Math.min(BLOCK, length)];
        for (int start = 0; start < length; start += BLOCK) {
            int count = Math.min(BLOCK, length - start);
            System.arraycopy(parts[0].values(), parts[0].offset() + start, block, 0, count);
            for (int rank = 1; rank < parts.length; rank++) {
                add(parts[rank].values(), parts[rank].offset() + start, block, 0, count);
            }
            wire.round(block, 0, count);
            System.arraycopy(block, 0, target.values(), target.offset() + start, count);
        }
    }

    /** Adds {@code count} values of {@code source} to those of {@code target}. */
    static void add(float[] source, int from, float[] target, int to, int count) {
        for (int i = 0; i < count; i++) {
            target[to + i] += source[from + i];
        }
    }
}
