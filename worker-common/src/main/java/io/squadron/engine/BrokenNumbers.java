package io.squadron.engine;

import io.squadron.failure.Failure;
import io.squadron.model.Slice;
import io.squadron.model.Weights;

/** NaN and infinity, where they first show: in what a step is given, or in what a layer makes of it. */
public final class BrokenNumbers {
    private BrokenNumbers() {}

    /** Which way a layer was computed. */
    public enum Way {
        FORWARD,
        BACKWARD;

        @Override
        public String toString() {
            return this == FORWARD ? "forward" : "backward";
        }
    }

    /** Fails with the first sample that holds NaN or infinity; bytes cannot. */
    public static void require(Images images) {
        if (images instanceof Images.Floats floats && !Finite.all(floats.values(), 0, floats.values().length)) {
            float[] values = floats.values();
            int at = Finite.first(values, 0, values.length);
            int each = values.length / floats.count();
            throw Failure.numeric(
                    "Cannot train on the images of the batch: sample %d holds %s at element %d of %d "
                            + "(expected finite numbers). Look at what makes and normalises the images",
                    at / each, values[at], at % each, each);
        }
    }

    /** Fails with the first weight that holds NaN or infinity. */
    public static void require(Weights weights) {
        float[] values = weights.values();
        if (Finite.all(values, 0, values.length)) {
            return;
        }
        for (Slice slice : weights.layout().slices()) {
            int at = Finite.first(values, slice.offset(), slice.end());
            if (at < slice.end()) {
                throw Failure.numeric(
                        "Cannot train: weight '%s' holds %s at element %d of %d (expected finite numbers). "
                                + "Go back to the last good checkpoint, and lower the learning rate or clip gradients",
                        slice.name(), values[at], at - slice.offset(), slice.length());
            }
        }
    }

    /** Fails, naming the layer, if its part of a gradient holds NaN or infinity. */
    public static void require(Slice slice, float[] gradient) {
        if (!Finite.all(gradient, slice.offset(), slice.end())) {
            throw madeBy(slice.node(), Way.BACKWARD);
        }
    }

    /** The failure of a step in which this layer was the first to make NaN or infinity out of finite numbers. */
    public static Failure madeBy(String node, Way way) {
        return Failure.numeric(
                "Cannot train on: layer '%s' (%s) made NaN or infinity, the first to do so (expected finite numbers). "
                        + "Lower the learning rate, warm up longer or clip gradients",
                node, way);
    }
}
