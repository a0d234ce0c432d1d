package io.squadron.dataset;

import io.squadron.random.RandomStream;

/**
 * The order in which one epoch takes its samples: a permutation of 0 .. n-1 as a pure function of (seed, epoch, n). No
 * array is made, so any position of any epoch costs the same and nothing needs to be saved.
 *
 * <p>A Feistel network (Luby and Rackoff 1988) of {@value #ROUNDS} rounds permutes the smallest power of two that holds
 * n; results of n and above are permuted again until they fall below n ("cycle walking", Black and Rogaway, CT-RSA 2002;
 * fewer than two turns on average, except for n below 8). The rounds are keyed by a {@link RandomStream}. Immutable,
 * thread-safe.
 */
public final class SampleOrder {
    private static final int ROUNDS = 10;
    private static final int LEAST_BITS = 4;

    private final int samples;
    private final int lowBits;
    private final int highBits;
    private final long[] keys;

    private SampleOrder(int samples, long[] keys) {
        this.samples = samples;
        this.keys = keys;
        int bits = Math.max(LEAST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(samples - 1));
        this.lowBits = bits / 2;
        this.highBits = bits - lowBits;
    }

    /** The order of {@code epoch} (from 0) over {@code samples} samples, at least one. */
    public static SampleOrder of(long seed, int epoch, int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("Cannot order %d samples (expected at least 1)".formatted(samples));
        }
        RandomStream random = RandomStream.of(seed, "sample order", epoch);
        long[] keys = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            keys[round] = random.nextLong();
        }
        return new SampleOrder(samples, keys);
    }

    public int samples() {
        return samples;
    }

    /** The sample at {@code position}, both 0 .. n-1. */
    public int at(long position) {
        if (position < 0 || position >= samples) {
            throw new IndexOutOfBoundsException("Cannot take position %d of %d samples".formatted(position, samples));
        }
        long walked = permute(position);
        while (walked >= samples) {
            walked = permute(walked);
        }
        return (int) walked;
    }

    /** The samples at the positions of {@code share}, in that order. */
    public int[] of(Share share) {
        int[] chosen = new int[share.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = at(share.first() + i);
        }
        return chosen;
    }

    /** Halves of unequal width stay in their places and take turns, so that an odd number of bits needs no larger power. */
    private long permute(long value) {
        long lowMask = (1L << lowBits) - 1;
        long highMask = (1L << highBits) - 1;
        long low = value & lowMask;
        long high = value >>> lowBits;
        for (int round = 0; round < ROUNDS; round += 2) {
            low ^= RandomStream.mix(keys[round] + high) & lowMask;
            high ^= RandomStream.mix(keys[round + 1] + low) & highMask;
        }
        return high << lowBits | low;
    }
}
