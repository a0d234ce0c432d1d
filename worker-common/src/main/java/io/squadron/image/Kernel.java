package io.squadron.image;

/**
 * A filter along one side: for each output position, which inputs it sees and with what weights. When the side shrinks, the filter
 * widens with the ratio, which is what keeps the result free of aliasing. Weights are fixed-point numbers of 22 bits, as
 * Pillow's are (src/libImaging/Resample.c), so that results agree to the level.
 *
 * @param firsts first input of each output
 * @param taps inputs that each output sees; those that a filter does not reach have no weight
 * @param weights {@code taps} for each output
 */
record Kernel(int[] firsts, int taps, int[] weights) {
    static final int BITS = 22;

    /** From the interval [low, high) of a side of {@code in} pixels to {@code out} pixels. */
    static Kernel of(Interpolation filter, int in, int out, double low, double high) {
        double scale = (high - low) / out;
        double wide = Math.max(scale, 1);
        double support = filter.support() * wide;
        int[] firsts = new int[out];
        int taps = 0;
        for (int i = 0; i < out; i++) {
            double center = low + (i + 0.5) * scale;
            firsts[i] = Math.max(0, (int) (center - support + 0.5));
            taps = Math.max(taps, last(in, center + support) - firsts[i]);
        }
        // Three and five taps are computed without a loop.
        taps = Math.min(in, taps <= 3 ? 3 : Math.max(5, taps));
        int[] weights = new int[Math.multiplyExact(out, taps)];
        double[] shares = new double[taps];
        for (int i = 0; i < out; i++) {
            double center = low + (i + 0.5) * scale;
            int count = last(in, center + support) - firsts[i];
            // Near the end the taps would reach beyond it: they begin earlier, with no weight.
            int shift = Math.max(0, firsts[i] + taps - in);
            share(filter, firsts[i] - center + 0.5, 1 / wide, shares, count);
            firsts[i] -= shift;
            for (int k = 0; k < count; k++) {
                weights[i * taps + shift + k] = fixed(shares[k]);
            }
        }
        return new Kernel(firsts, taps, weights);
    }

    private static int last(int in, double end) {
        return Math.min(in, (int) (end + 0.5));
    }

    private static int fixed(double share) {
        return (int) (share * (1 << BITS) + (share < 0 ? -0.5 : 0.5));
    }

    private static void share(Interpolation filter, double start, double step, double[] shares, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            shares[i] = filter.weight((i + start) * step);
            sum += shares[i];
        }
        for (int i = 0; i < count; i++) {
            shares[i] /= sum;
        }
    }

    int size() {
        return firsts.length;
    }

    /** The first input that any output sees. */
    int begin() {
        return firsts[0];
    }

    /** One more than the last. */
    int end() {
        return firsts[firsts.length - 1] + taps;
    }

    /** The same for inputs counted from {@code origin}. */
    Kernel from(int origin) {
        int[] moved = new int[firsts.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = firsts[i] - origin;
        }
        return new Kernel(moved, taps, weights);
    }

    /** Of outputs {@code from} to {@code from + count - 1} alone. */
    Kernel part(int from, int count) {
        return new Kernel(
                java.util.Arrays.copyOfRange(firsts, from, from + count),
                taps,
                java.util.Arrays.copyOfRange(weights, from * taps, (from + count) * taps));
    }
}
