package io.squadron.engine.onednn;

import io.squadron.model.Slice;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** A native copy of a flat vector: weights before a pass, gradients after it. Laid out as torch has them. */
final class Flat implements AutoCloseable {
    private final memory block;
    private final FloatPointer start;
    private final FloatBuffer floats;

    /** All zeros. */
    Flat(engine cpu, int length) {
        this.block = Layouts.bytes(cpu, Math.max(1, length) * (long) Float.BYTES);
        this.start = new FloatPointer(block.get_data_handle()).capacity(length);
        start.zero();
        this.floats = Layouts.floats(block);
    }

    void load(float[] values) {
        start.put(values, 0, values.length);
    }

    void store(float[] values) {
        start.get(values, 0, values.length);
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
        block.close();
    }
}
