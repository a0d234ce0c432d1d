package io.squadron.image;

/**
 * The triangle filter along one side: for each output position, which inputs it sees and with what weights. When the side
 * shrinks, the triangle widens with the ratio, which is what keeps the result free of aliasing. Weights are fixed-point
 * numbers of 22 bits, as Pillow's are (src/libImaging/Resample.c), so that results agree to the level.
 *
 * @param firsts first input of each output
 * @param weights by output, then input
 */
record Kernel(int[] firsts, int[][] weights) {
    static final int BITS = 22;

    /** From the interval [low, high) of a side of {@code in} pixels to {@code out} pixels. */
    static Kernel of(int in, int out, double low, double high) {
        double scale = (high - low) / out;
        double support = Math.max(scale, 1);
        int[] firsts = new int[out];
        int[][] weights = new int[out][];
        for (int i = 0; i < out; i++) {
            double center = low + (i + 0.5) * scale;
            int first = Math.max(0, (int) (center - support + 0.5));
            int last = Math.min(in, (int) (center + support + 0.5));
            firsts[i] = first;
            weights[i] = weights(first - center + 0.5, 1 / support, last - first);
        }
        return new Kernel(firsts, weights);
    }

    private static int[] weights(double start, double step, int count) {
        double[] shares = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            shares[i] = Math.max(0, 1 - Math.abs((i + start) * step));
            sum += shares[i];
        }
        int[] fixed = new int[count];
        for (int i = 0; i < count; i++) {
            fixed[i] = (int) (shares[i] / sum * (1 << BITS) + 0.5);
        }
        return fixed;
    }

    int size() {
        return firsts.length;
    }

    static byte level(int sum) {
        return (byte) Math.min(255, Math.max(0, sum >> BITS));
    }
}
