package io.squadron.engine.onednn;

import io.squadron.model.Layout;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.parallel.Crew;
import java.nio.FloatBuffer;

/**
 * Brings parameters from the heap to where programs read them. Most have a lasting native copy, which each pass takes over
 * anew. Weights of convolutions have none: a convolution works with a copy in a layout of its own anyway, and they pass
 * through the arena when that is made, so that they do not lie in native memory twice.
 */
final class Supply {
    private final float[] values;
    private final Layout layout;
    private final Flat copy;
    private final Crew crew;

    /** Of the live {@code weights}, which nobody may change during a pass. */
    Supply(Weights weights, Natives natives) {
        this.values = weights.values();
        this.layout = weights.layout();
        this.copy = natives.weights();
        this.crew = natives.crew();
    }

    /** Which parameters have a lasting copy. */
    static boolean lasts(Role role) {
        return role != Role.CONVOLUTION_WEIGHT;
    }

    /** Renews the lasting copy; false if any parameter at all, also of those that pass later, is NaN or infinite. */
    boolean load() {
        return copy.load(values, crew);
    }

    Slice slice(String name) {
        return layout.slice(name);
    }

    /** The lasting copy of a parameter as the library sees it. */
    Tensor lasting(Assembly assembly, String name, long... sides) {
        return copy.tensor(assembly, slice(name), sides);
    }

    /** The lasting copy of a parameter as Java sees it. */
    FloatBuffer lasting(String name) {
        return copy.floats(slice(name));
    }

    /** Emits the arrival of a parameter in the arena, plain; it stays there for as long as it is read. */
    Tensor passing(Assembly assembly, String name, long... sides) {
        Tensor arrival = assembly.tensor(Layouts.plain(sides));
        assembly.emit("weights in", new Passage(values, slice(name), arrival, crew)::in, arrival);
        return arrival;
    }

    /** What the lasting copy takes. */
    long bytes() {
        return copy.bytes();
    }
}
