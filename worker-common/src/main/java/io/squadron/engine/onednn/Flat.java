package io.squadron.engine.onednn;

import io.squadron.engine.Finite;
import io.squadron.model.Slice;
import io.squadron.parallel.Crew;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.FloatPointer;

/** A native copy of a flat vector, or of a part of one. Laid out as torch has them. */
final class Flat implements AutoCloseable {
    /** Elements that a thread takes at once: they fit into its second cache. */
    private static final int CHUNK = 1 << 16;

    private final Region region;
    private final FloatPointer address;
    private final FloatBuffer floats;

    /** All zeros. */
    Flat(int length) {
        this.region = new Region(length * (long) Float.BYTES);
        this.address = new FloatPointer(region.start()).capacity(length);
        this.floats = address.asBuffer();
    }

    /** Takes all {@code values} over; false if one of them is NaN or infinite. */
    boolean load(float[] values, Crew crew) {
        AtomicBoolean finite = new AtomicBoolean(true);
        crew.each((values.length + CHUNK - 1) / CHUNK, i -> {
            int from = i * CHUNK;
            int length = Math.min(CHUNK, values.length - from);
            // Looked at before it is copied: the second reading comes from the cache.
            if (!Finite.all(values, from, from + length)) {
                finite.set(false);
            }
            floats.put(from, values, from, length);
        });
        return finite.get();
    }

    /** Gives what begins at {@code start} out to where {@code slice} lies in {@code values}; false if NaN or infinity is in it. */
    boolean store(int start, float[] values, Slice slice, Crew crew) {
        AtomicBoolean finite = new AtomicBoolean(true);
        crew.each((slice.length() + CHUNK - 1) / CHUNK, i -> {
            int from = slice.offset() + i * CHUNK;
            int length = Math.min(CHUNK, slice.end() - from);
            floats.get(start + i * CHUNK, values, from, length);
            if (!Finite.all(values, from, from + length)) {
                finite.set(false);
            }
        });
        return finite.get();
    }

    long bytes() {
        return address.capacity() * Float.BYTES;
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
        return assembly.at(address.getPointer(slice.offset()), Layouts.plain(sides));
    }

    @Override
    public void close() {
        address.close();
        region.close();
    }
}
