package io.squadron.engine;

import io.squadron.collective.Collective;

/** Whose samples a batch norm in training looks at. Every session of a group asks for the same nodes in the same order. */
public interface NormSync {
    /** Forward: the statistics to normalise with, given those of this session's own batch (count may be zero). */
    Moments statistics(String node, Moments mine);

    /** Backward: the sums over all samples of (dy, dy * xhat) per channel, given this session's own; one flat vector. */
    double[] sums(String node, double[] mine);

    /** Only this session's batch. */
    static NormSync local() {
        return new NormSync() {
            @Override
            public Moments statistics(String node, Moments mine) {
                return mine;
            }

            @Override
            public double[] sums(String node, double[] mine) {
                return mine;
            }
        };
    }

    /** The global batch: merged over all ranks in rank order, in float64. */
    static NormSync exact(Collective collective) {
        return new ExactNormSync(collective);
    }
}
