package io.squadron.driver.schedule;

import io.squadron.failure.Failure;
import java.io.Serializable;

/**
 * How long a run is. Every sample counts: the last batch of an epoch is as small as what is left.
 *
 * @param samples in one epoch
 * @param globalBatch samples of one step, over all replicas
 * @param epochs passes over the samples
 */
public record Extent(int samples, int globalBatch, int epochs) implements Serializable {
    public Extent {
        if (samples < 1 || globalBatch < 1 || epochs < 1) {
            throw Failure.usage(
                    "Cannot plan %d epochs of %d samples in batches of %d (expected at least 1 of each)",
                    epochs, samples, globalBatch);
        }
    }

    public long stepsPerEpoch() {
        return (samples + (long) globalBatch - 1) / globalBatch;
    }

    public long totalSteps() {
        return stepsPerEpoch() * epochs;
    }

    /** A span in whole steps of this run. */
    public long steps(Span span) {
        return span.steps(stepsPerEpoch(), totalSteps());
    }
}
