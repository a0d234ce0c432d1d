package io.squadron.engine.onednn;

import io.squadron.engine.Finite;
import io.squadron.model.Slice;
import io.squadron.parallel.Crew;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * The way of one slice between a flat vector on the heap and a plain float32 tensor, there or back, with all threads of a
 * crew. Going it allocates nothing.
 */
final class Passage {
    /** Elements that a thread takes at once: they fit into its second cache. */
    static final int CHUNK = 1 << 16;

    private final float[] values;
    private final int offset;
    private final int length;
    private final Tensor place;
    private final Crew crew;
    private final IntConsumer in = this::in;
    private final IntConsumer out = this::out;
    private final AtomicBoolean finite = new AtomicBoolean();
    private FloatBuffer there = FloatBuffer.allocate(0);

    /** Between where {@code slice} lies in {@code values} and {@code place}. */
    Passage(float[] values, Slice slice, Tensor place, Crew crew) {
        this.values = values;
        this.offset = slice.offset();
        this.length = slice.length();
        this.place = place;
        this.crew = crew;
    }

    /** From the heap to the tensor. */
    void in() {
        there = place.floats();
        crew.each(chunks(), in);
    }

    /** From the tensor to the heap; false if NaN or infinity is in it. */
    boolean out() {
        there = place.floats();
        finite.set(true);
        crew.each(chunks(), out);
        return finite.get();
    }

    private int chunks() {
        return (length + CHUNK - 1) / CHUNK;
    }

    private void in(int chunk) {
        int at = chunk * CHUNK;
        there.put(at, values, offset + at, Math.min(CHUNK, length - at));
    }

    private void out(int chunk) {
        int at = chunk * CHUNK;
        int end = Math.min(at + CHUNK, length);
        there.get(at, values, offset + at, end - at);
        if (!Finite.all(values, offset + at, offset + end)) {
            finite.set(false);
        }
    }
}
