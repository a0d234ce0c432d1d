package io.squadron.replica;

import io.squadron.collective.Wire;
import java.io.Serializable;
import java.time.Duration;

/**
 * How replicas stay one model. What they exchange in which step stands in each {@link StepPlan}.
 *
 * @param replicas how many there are
 * @param statistics what batch norms are evaluated with
 * @param gradientWire how gradients travel
 * @param deadline for every wait of one replica for another
 */
public record Synchronisation(
        int replicas,
        OptimiserSlots slots,
        BatchNormMode batchNorm,
        NormStatistics statistics,
        Wire gradientWire,
        Duration deadline)
        implements Serializable {
    /** With running statistics, and gradients that travel as they are. */
    public Synchronisation(int replicas, OptimiserSlots slots, BatchNormMode batchNorm, Duration deadline) {
        this(replicas, slots, batchNorm, NormStatistics.running(), Wire.FLOAT32, deadline);
    }

    public Synchronisation with(NormStatistics other) {
        return new Synchronisation(replicas, slots, batchNorm, other, gradientWire, deadline);
    }

    public Synchronisation with(Wire other) {
        return new Synchronisation(replicas, slots, batchNorm, statistics, other, deadline);
    }

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
