package io.squadron.engine;

import io.squadron.collective.Collective;

/** Whose samples a batch norm in training looks at. Every session of a group asks for the same nodes in the same order. */
public interface NormSync {
    /** Forward: the statistics to normalise with, given those of this session's own batch (count may be zero). */
    Moments statistics(String node, Moments mine);

    /** Backward: the sums over all samples of (dy, dy * xhat) per channel, given this session's own; one flat vector. */
    double[] sums(String node, double[] mine);

    /** Whose samples count: an engine that knows it is alone may skip the exchange and one pass over memory. */
    default Scope scope() {
        return Scope.GROUP;
    }

    /** Whose samples count. */
    enum Scope {
        /** Only this session's: what {@link #statistics} and {@link #sums} return is what they are given. */
        OWN,
        GROUP
    }

    /** Only this session's batch. */
    static NormSync local() {
        return new NormSync() {
            @Override
            public Scope scope() {
                return Scope.OWN;
            }

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
        return collective.size() == 1 ? local() : new ExactNormSync(collective);
    }
}
