package io.squadron.random;

import java.nio.charset.StandardCharsets;

/**
 * A stream of random numbers named by (seed, purpose, coordinates), for instance (7, "augment", epoch, sample id).
 * SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) over a name hashed with the same mixer. Mutable, not thread-safe, cheap.
 */
public final class RandomStream {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    private RandomStream(long state) {
        this.state = state;
    }

    /** The stream of that name; different purposes or coordinates give unrelated streams. */
    public static RandomStream of(long seed, String purpose, long... coordinates) {
        return new RandomStream(key(seed, purpose, coordinates));
    }

    /** The 64 bits that stand for a name. */
    public static long key(long seed, String purpose, long... coordinates) {
        long hash = mix(seed + GOLDEN);
        for (byte each : purpose.getBytes(StandardCharsets.UTF_8)) {
            hash = mix(hash + GOLDEN + each);
        }
        for (long coordinate : coordinates) {
            hash = mix(hash + GOLDEN + mix(coordinate + GOLDEN));
        }
        return hash;
    }

    /** The finaliser of SplitMix64: a bijection of 64 bits in which every input bit moves about half of the output bits. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0, 1), 53 bits. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    public double between(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /** Uniform in 0 .. bound - 1; the bias of the multiplication method is below bound / 2^53. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("Cannot draw below %d: the bound must be positive".formatted(bound));
        }
        return (int) (nextDouble() * bound);
    }

    /** Standard normal (Box and Muller 1958; StrictMath, so that every machine draws the same bits). */
    public double nextGaussian() {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }

    public boolean chance(double probability) {
        return nextDouble() < probability;
    }
}
