package io.squadron.optim;

import io.squadron.failure.Failure;
import io.squadron.model.Layout;
import io.squadron.model.Slice;

/** Stops a run whose gradient broke, before the weights break too. */
public final class FiniteGradient {
    private FiniteGradient() {}

    /** Fails with kind NUMERIC, naming the first slice that holds NaN or infinity. */
    public static void require(long step, Layout layout, float[] gradient) {
        for (Slice slice : layout.slices()) {
            int end = slice.end();
            for (int i = slice.offset(); i < end; i++) {
                if (!Float.isFinite(gradient[i])) {
                    throw Failure.numeric(
                            "Cannot update the weights at step %d: the gradient of '%s' holds %s at element %d of %d "
                                    + "(expected finite numbers). Lower the learning rate, lengthen the warm-up, or "
                                    + "clip gradients",
                            step, slice.name(), gradient[i], i - slice.offset(), slice.length());
                }
            }
        }
    }
}
