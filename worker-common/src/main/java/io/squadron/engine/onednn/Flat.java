package io.squadron.engine.onednn;

import io.squadron.engine.Finite;
import io.squadron.model.Layout;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import io.squadron.parallel.Crew;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.bytedeco.javacpp.FloatPointer;

/** Native memory for some slices of a flat vector, one after the other, each laid out as torch has it. */
final class Flat implements AutoCloseable {
    private final Map<String, Slice> places = new HashMap<>();
    private final List<Piece> pieces;
    private final Region region;
    private final FloatPointer address;
    private final FloatBuffer floats;

    /**
     * Some elements of the whole vector that a thread takes at once.
     *
     * @param from where they begin in the whole
     * @param to where they begin here, if they are held
     */
    private record Piece(int from, int length, boolean held, int to) {}

    /** All zeros, for the slices of {@code layout} whose role is {@code held}. */
    Flat(Layout layout, Predicate<Role> held) {
        int length = 0;
        List<Piece> stretches = new ArrayList<>();
        for (Slice slice : layout.slices()) {
            boolean holds = held.test(slice.role());
            append(stretches, new Piece(slice.offset(), slice.length(), holds, length));
            if (holds) {
                places.put(slice.name(), new Slice(slice.name(), slice.node(), slice.shape(), length, slice.role()));
                length += slice.length();
            }
        }
        this.pieces = stretches.stream().flatMap(each -> cut(each).stream()).toList();
        this.region = new Region(length * (long) Float.BYTES);
        this.address = new FloatPointer(region.start()).capacity(length);
        this.floats = address.asBuffer();
    }

    /** Slices that follow each other in both places are one stretch: most are a few hundred bytes. */
    private static void append(List<Piece> stretches, Piece next) {
        int last = stretches.size() - 1;
        if (last >= 0 && stretches.get(last).held() == next.held()) {
            Piece before = stretches.get(last);
            stretches.set(last, new Piece(before.from(), before.length() + next.length(), next.held(), before.to()));
        } else {
            stretches.add(next);
        }
    }

    private static List<Piece> cut(Piece stretch) {
        List<Piece> pieces = new ArrayList<>();
        for (int at = 0; at < stretch.length(); at += Passage.CHUNK) {
            int length = Math.min(Passage.CHUNK, stretch.length() - at);
            pieces.add(new Piece(stretch.from() + at, length, stretch.held(), stretch.to() + at));
        }
        return pieces;
    }

    /** Looks at all {@code values} and takes over those that are held; false if any of all is NaN or infinite. */
    boolean load(float[] values, Crew crew) {
        AtomicBoolean finite = new AtomicBoolean(true);
        crew.each(pieces.size(), i -> {
            Piece piece = pieces.get(i);
            // Looked at before it is copied: the second reading comes from the cache.
            if (!Finite.all(values, piece.from(), piece.from() + piece.length())) {
                finite.set(false);
            }
            if (piece.held()) {
                floats.put(piece.to(), values, piece.from(), piece.length());
            }
        });
        return finite.get();
    }

    boolean holds(Slice slice) {
        return places.containsKey(slice.name());
    }

    long bytes() {
        return address.capacity() * Float.BYTES;
    }

    /** One slice as Java sees it. */
    FloatBuffer floats(Slice slice) {
        Slice place = place(slice);
        return floats.slice(place.offset(), place.length());
    }

    /** One slice as the library sees it, with torch's sides or with {@code sides} of as many elements. */
    Tensor tensor(Assembly assembly, Slice slice, long... sides) {
        long elements = Arrays.stream(sides).reduce(1, Math::multiplyExact);
        if (elements != slice.length()) {
            throw new IllegalArgumentException("Cannot see %s as %s".formatted(slice.name(), Arrays.toString(sides)));
        }
        return assembly.at(address.getPointer(place(slice).offset()), Layouts.plain(sides));
    }

    private Slice place(Slice slice) {
        Slice place = places.get(slice.name());
        if (place == null) {
            throw new IllegalArgumentException("Cannot find %s (%s) here".formatted(slice.name(), slice.role()));
        }
        return place;
    }

    @Override
    public void close() {
        address.close();
        region.close();
    }
}
