package io.squadron.engine;

import io.squadron.collective.Collective;
import java.util.Arrays;

/** Batch norm over the union of all replicas' batches. On the wire: count, means, squares, one after the other. */
record ExactNormSync(Collective collective) implements NormSync {
    @Override
    public Moments statistics(String node, Moments mine) {
        int channels = mine.channels();
        // packed: [1 + 2 * channels]
        double[] packed = new double[1 + 2 * channels];
        packed[0] = mine.count();
        System.arraycopy(mine.mean(), 0, packed, 1, channels);
        System.arraycopy(mine.squares(), 0, packed, 1 + channels, channels);
        Moments merged = Moments.empty(channels);
        for (double[] each : collective.allGather("batch norm " + node + " forward", packed)) {
            merged = merged.merge(new Moments(
                    each[0],
                    Arrays.copyOfRange(each, 1, 1 + channels),
                    Arrays.copyOfRange(each, 1 + channels, 1 + 2 * channels)));
        }
        return merged;
    }

    @Override
    public double[] sums(String node, double[] mine) {
        double[] total = new double[mine.length];
        for (double[] each : collective.allGather("batch norm " + node + " backward", mine)) {
            for (int i = 0; i < total.length; i++) {
                total[i] += each[i];
            }
        }
        return total;
    }
}
