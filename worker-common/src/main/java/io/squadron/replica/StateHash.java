package io.squadron.replica;

import io.squadron.parallel.Crew;
import io.squadron.random.RandomStream;
import java.util.List;

/**
 * A hash over the bits of a state, as fast as memory. Not cryptographic: it tells replicas apart that ought to be equal.
 *
 * <p>A vector is cut into chunks of {@link #CHUNK} elements. Within a chunk, words w of 64 bits (elements 2i and 2i + 1, the
 * first one above) go to four lanes in turn, h := p xor (p >>> 32) with p = (h xor w) * M modulo 2^64, so that no word waits
 * for the one before; the lanes, and then the chunks in their order, are joined by h := (mix(h) xor next) * M, where mix is
 * SplitMix64's finaliser. Each of these steps is a bijection in h and in what is added: states that differ in one bit alone, or in any
 * one word, always have different hashes. Neither threads nor cores matter.
 */
final class StateHash {
    static final int CHUNK = 1 << 16;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private StateHash() {}

    /** Of {@code vectors} and {@code updates}, on the threads of {@code crew}. */
    static long of(long updates, List<float[]> vectors, Crew crew) {
        long hash = join(vectors.size(), updates);
        for (float[] vector : vectors) {
            long[] chunks = new long[(vector.length + CHUNK - 1) / CHUNK];
            crew.each(chunks.length, i -> {
                int from = i * CHUNK;
                chunks[i] = of(vector, from, Math.min(vector.length, from + CHUNK));
            });
            hash = join(hash, vector.length);
            for (long chunk : chunks) {
                hash = join(hash, chunk);
            }
        }
        return hash;
    }

    /** Of the elements {@code from} .. {@code end - 1} as one chunk. */
    static long of(float[] values, int from, int end) {
        long a = 1;
        long b = 2;
        long c = 3;
        long d = 4;
        int i = from;
        for (; i + 7 < end; i += 8) {
            a = step(a, word(values[i], values[i + 1]));
            b = step(b, word(values[i + 2], values[i + 3]));
            c = step(c, word(values[i + 4], values[i + 5]));
            d = step(d, word(values[i + 6], values[i + 7]));
        }
        for (; i < end; i++) {
            a = step(a, Float.floatToRawIntBits(values[i]));
        }
        return join(join(join(a, b), c), d);
    }

    private static long word(float first, float second) {
        return (long) Float.floatToRawIntBits(first) << 32 | (Float.floatToRawIntBits(second) & 0xFFFF_FFFFL);
    }

    private static long step(long lane, long word) {
        long product = (lane ^ word) * MULTIPLIER;
        return product ^ (product >>> 32);
    }

    private static long join(long hash, long next) {
        return (RandomStream.mix(hash) ^ next) * MULTIPLIER;
    }
}
