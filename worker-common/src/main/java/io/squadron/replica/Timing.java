package io.squadron.replica;

import java.io.Serializable;

/**
 * Where a rank's seconds of a round went.
 *
 * @param read waiting for batches
 * @param compute forward, backward and the optimiser
 * @param normWait waiting for the others' batch-norm statistics
 * @param gradientWait waiting for the others' gradients or parameters
 * @param other agreeing on the state, evaluating, writing
 */
public record Timing(double read, double compute, double normWait, double gradientWait, double other)
        implements Serializable {}
