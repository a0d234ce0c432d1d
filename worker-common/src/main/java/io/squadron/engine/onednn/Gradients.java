package io.squadron.engine.onednn;

import io.squadron.model.Layout;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import java.nio.FloatBuffer;

/**
 * Where programs leave the gradients of parameters that have a {@link Supply#lasting lasting} native copy until they are
 * delivered: in the place of the parameter itself, which each pass takes over anew, so that there is no second vector as long
 * as the weights. A layer therefore reads its parameters for the last time before it leaves their gradient. Batch norms read
 * and write in one primitive: theirs have a place of their own.
 */
final class Gradients implements AutoCloseable {
    private final Flat weights;
    private final Flat norms;

    Gradients(Layout layout, Flat weights) {
        this.weights = weights;
        this.norms = new Flat(layout, role -> role == Role.NORM_SCALE || role == Role.NORM_SHIFT);
    }

    /** One gradient as Java sees it. */
    FloatBuffer floats(Slice slice) {
        return home(slice).floats(slice);
    }

    /** One gradient as the library sees it, with torch's sides or with {@code sides} of as many elements. */
    Tensor tensor(Assembly assembly, Slice slice, long... sides) {
        return home(slice).tensor(assembly, slice, sides);
    }

    /** What it takes beside the weights. */
    long bytes() {
        return norms.bytes();
    }

    private Flat home(Slice slice) {
        return norms.holds(slice) ? norms : weights;
    }

    @Override
    public void close() {
        norms.close();
    }
}
