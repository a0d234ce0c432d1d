package io.squadron.replica;

import io.squadron.dataset.SampleSourceFactory;
import io.squadron.image.Transform;
import java.io.Serializable;

/**
 * How a replica gets its batches.
 *
 * @param seed of the sample order
 * @param decodeThreads that read, decode and transform ahead of the engine
 */
public record Feeding(
        SampleSourceFactory samples, Transform training, Transform evaluation, long seed, int decodeThreads)
        implements Serializable {}
