package io.squadron.engine.onednn;

import io.squadron.model.Layout;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import io.squadron.parallel.Crew;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Where programs leave gradients until they are delivered: in the place of the parameter itself, which each pass takes over
 * anew, so that there is no second vector as long as the weights. A layer therefore reads its parameters for the last time
 * before it leaves their gradient. Batch norms read and write in one primitive: theirs have a place of their own.
 */
final class Gradients implements AutoCloseable {
    private final Flat weights;
    private final Flat norms;
    private final Map<String, Slice> ofNorms = new HashMap<>();

    Gradients(Layout layout, Flat weights) {
        this.weights = weights;
        int length = 0;
        for (Slice slice : layout.slices()) {
            if (slice.role() == Role.NORM_SCALE || slice.role() == Role.NORM_SHIFT) {
                ofNorms.put(slice.name(), new Slice(slice.name(), slice.node(), slice.shape(), length, slice.role()));
                length += slice.length();
            }
        }
        this.norms = new Flat(length);
    }

    /** Gives the gradient of {@code slice} out to its place in {@code values}; false if NaN or infinity is in it. */
    boolean store(float[] values, Slice slice, Crew crew) {
        return home(slice).store(placed(slice).offset(), values, slice, crew);
    }

    /** One gradient as Java sees it. */
    FloatBuffer floats(Slice slice) {
        return home(slice).floats(placed(slice));
    }

    /** One gradient as the library sees it, with torch's sides or with {@code sides} of as many elements. */
    Tensor tensor(Assembly assembly, Slice slice, long... sides) {
        return home(slice).tensor(assembly, placed(slice), sides);
    }

    /** What it takes beside the weights. */
    long bytes() {
        return norms.bytes();
    }

    private Flat home(Slice slice) {
        return ofNorms.containsKey(slice.name()) ? norms : weights;
    }

    private Slice placed(Slice slice) {
        return ofNorms.getOrDefault(slice.name(), slice);
    }

    @Override
    public void close() {
        norms.close();
    }
}
