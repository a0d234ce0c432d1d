package io.squadron.engine.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;

/**
 * Memory with a layout. Its bytes lie in the {@link Arena}, from the first step that touches it to the last, or somewhere
 * of their own for good.
 */
final class Tensor {
    private static final FloatBuffer UNSEEN = FloatBuffer.allocate(0);

    private final memory.desc layout;
    private final memory block;
    private final boolean planned;
    private final Optional<Tensor> whole;
    private final List<Tensor> copies = new ArrayList<>();
    private Optional<Tensor> origin = Optional.empty();
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private long offset;
    private FloatBuffer floats = UNSEEN;

    private Tensor(memory.desc layout, memory block, boolean planned, Optional<Tensor> whole) {
        this.layout = layout;
        this.block = block;
        this.planned = planned;
        this.whole = whole;
    }

    /** To be placed in the arena. */
    static Tensor planned(memory.desc layout, memory block) {
        return new Tensor(layout, block, true, Optional.empty());
    }

    /** With a place of its own. */
    static Tensor placed(memory.desc layout, memory block) {
        return new Tensor(layout, block, false, Optional.empty());
    }

    /** The bytes of {@code whole}, looked at in another way. */
    static Tensor view(memory.desc layout, memory block, Tensor whole) {
        return new Tensor(layout, block, whole.planned, Optional.of(whole.whole.orElse(whole)));
    }

    memory.desc desc() {
        return layout;
    }

    memory memory() {
        return block;
    }

    long bytes() {
        return layout.get_size();
    }

    /** The values of a float32 tensor as Java sees them, where they now lie. The same object as long as they lie there. */
    FloatBuffer floats() {
        if (floats.capacity() == 0) {
            floats = Layouts.floats(block);
        }
        return floats;
    }

    /** The same values in other layouts, as far as somebody has asked for them. */
    List<Tensor> copies() {
        return copies;
    }

    /** A new copy of this one in another layout. */
    void copied(Tensor copy) {
        copies.add(copy);
        copy.origin = Optional.of(this);
    }

    /** Says that it now holds other values than its copies, and its origin, do. */
    void overwritten() {
        copies.clear();
        origin.ifPresent(other -> other.copies.remove(this));
        whole.ifPresent(Tensor::overwritten);
    }

    /** Whether both lie in the same place. */
    boolean shares(Tensor other) {
        return whole.orElse(this) == other.whole.orElse(other);
    }

    /** Says that {@code step} reads or writes it. */
    void touch(int step) {
        first = Math.min(first, step);
        last = Math.max(last, step);
        whole.ifPresent(other -> other.touch(step));
    }

    /** Whether it needs a place in the arena: it is no view, and some step touches it. */
    boolean wantsPlace() {
        return planned && whole.isEmpty() && last >= 0;
    }

    boolean meets(Tensor other) {
        return first <= other.last && other.first <= last;
    }

    long offset() {
        return offset;
    }

    void place(long at) {
        offset = at;
    }

    /** Points to its place in an arena that begins at {@code base}. */
    void bind(BytePointer base) {
        if (planned) {
            block.set_data_handle(base.getPointer(whole.orElse(this).offset));
            floats = UNSEEN;
        }
    }
}
