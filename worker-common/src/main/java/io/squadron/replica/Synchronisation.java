package io.squadron.replica;

import java.io.Serializable;
import java.time.Duration;

/**
 * How replicas stay one model. What they exchange in which step stands in each {@link StepPlan}.
 *
 * @param replicas how many there are
 * @param deadline for every wait of one replica for another
 */
public record Synchronisation(int replicas, OptimiserSlots slots, BatchNormMode batchNorm, Duration deadline)
        implements Serializable {
    /** Whose samples batch norm looks at in training. */
    public enum BatchNormMode {
        /** Those of the global batch, merged in each step. */
        EXACT,
        /** Those of the replica's own batch; running statistics are merged when parameters are averaged. */
        AVERAGED,
        /** Those of the replica's own batch; running statistics are those of rank 0 when a round ends. */
        LOCAL
    }

    /** What happens to momentum and the like when parameters are averaged. */
    public enum OptimiserSlots {
        AVERAGED,
        KEPT
    }
}
