package io.squadron.replica;

import io.squadron.dataset.SampleSourceFactory;
import io.squadron.dataset.Sampling;
import io.squadron.image.Transform;
import java.io.Serializable;

/**
 * How a replica gets its batches.
 *
 * @param sampling which samples training takes, and whether it mixes them
 * @param seed of the sample order
 * @param decodeThreads that read, decode and transform ahead of the engine
 */
public record Feeding(
        SampleSourceFactory samples,
        Transform training,
        Transform evaluation,
        Sampling sampling,
        long seed,
        int decodeThreads)
        implements Serializable {
    /** Each sample once in an epoch, as it is. */
    public Feeding(
            SampleSourceFactory samples, Transform training, Transform evaluation, long seed, int decodeThreads) {
        this(samples, training, evaluation, Sampling.PLAIN, seed, decodeThreads);
    }
}
