package io.squadron.engine;

import io.squadron.model.Slice;

/**
 * Hears of the gradient as it grows, so that it can travel while the rest is computed. Called on the session's thread, once
 * for each trained slice of a step, in the order of {@link BackwardOrder}, also in a step without samples (whose slices are
 * zero). From then on the session leaves the slice alone until its next step. What it throws ends the step.
 */
@FunctionalInterface
public interface GradientListener {
    /** The values of {@code slice} in {@link Session#gradient()} are final. */
    void ready(Slice slice);

    static GradientListener none() {
        return slice -> {};
    }
}
