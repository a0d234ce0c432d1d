package io.squadron.engine.onednn;

import io.squadron.model.Slice;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/** A native copy of a flat vector: weights before a pass, gradients after it. Laid out as torch has them. */
final class Flat implements AutoCloseable {
    private final Region region;
    private final FloatPointer start;
    private final FloatBuffer floats;

    /** All zeros. */
    Flat(int length) {
        this.region = new Region(length * (long) Float.BYTES);
        this.start = new FloatPointer(region.start()).capacity(length);
        this.floats = start.asBuffer();
    }

    void load(float[] values) {
        start.put(values, 0, values.length);
    }

    /** Copies one slice to its place in {@code values}. */
    void store(float[] values, Slice slice) {
        floats.get(slice.offset(), values, slice.offset(), slice.length());
    }

    long bytes() {
        return start.capacity() * Float.BYTES;
    }

    /** One slice as Java sees it. */
    FloatBuffer floats(Slice slice) {
        return floats.slice(slice.offset(), slice.length());
    }

    /** One slice as the library sees it, with torch's sides or with {@code sides} of as many elements. */
    Tensor tensor(Assembly assembly, Slice slice, long... sides) {
        long elements = Arrays.stream(sides).reduce(1, Math::multiplyExact);
        if (elements != slice.length()) {
            throw new IllegalArgumentException("Cannot see %s as %s".formatted(slice.name(), Arrays.toString(sides)));
        }
        return assembly.at(start.getPointer(slice.offset()), Layouts.plain(sides));
    }

    @Override
    public void close() {
        start.close();
        region.close();
    }
}
