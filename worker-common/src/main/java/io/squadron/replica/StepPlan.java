package io.squadron.replica;

import io.squadron.dataset.Share;
import java.io.Serializable;

/**
 * What one step is to be; the same for all replicas.
 *
 * @param step number of the optimiser update within the run, from 0
 * @param epoch whose order the samples come from, from 0
 * @param firstSample position within the epoch of the first sample of the global batch
 * @param endSample position after the last
 * @param learningRate of this step, before parameter groups' own factors
 * @param exchange what the replicas tell each other
 */
public record StepPlan(long step, int epoch, long firstSample, long endSample, double learningRate, Exchange exchange)
        implements Serializable {
    /** What replicas have in common after a step. */
    public enum Exchange {
        /** Gradients are summed before the update: all replicas keep equal weights (large-batch SGD). */
        GRADIENTS,
        /** Nothing: each replica updates with its own gradient (local SGD). */
        NOTHING,
        /** Each replica updates with its own gradient, then weights are averaged, weighted by samples. */
        PARAMETERS
    }

    /** Samples in the global batch. */
    public int samples() {
        return positions().size();
    }

    /** The global batch as positions of the epoch. */
    public Share positions() {
        return new Share(firstSample, endSample);
    }
}
