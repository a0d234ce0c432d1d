package io.squadron.engine.onednn;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;

/** Descriptions of memory, in the words of the library. Images are always (batch, channels, height, width). */
final class Layouts {
    private Layouts() {}

    /** Whatever the primitive likes best. */
    static memory.desc any(memory.data_type type, long... sides) {
        return new memory.desc(sides, type, memory.format_tag.any);
    }

    /** float32, the last side running fastest. */
    static memory.desc plain(long... sides) {
        return plain(memory.data_type.f32, sides);
    }

    /** The last side running fastest. */
    static memory.desc plain(memory.data_type type, long... sides) {
        memory.format_tag tag = switch (sides.length) {
            case 1 -> memory.format_tag.a;
            case 2 -> memory.format_tag.ab;
            case 4 -> memory.format_tag.abcd;
            case 5 -> memory.format_tag.abcde;
            default -> throw new IllegalArgumentException("No layout of " + sides.length + " sides");
        };
        return new memory.desc(sides, type, tag);
    }

    /** Of a plain float32 matrix (rows, columns): its transpose, as a tensor (columns, rows, 1, 1). */
    static memory.desc transposed(long rows, long columns) {
        return new memory.desc(new long[] {columns, rows, 1, 1}, memory.data_type.f32, new long[] {1, columns, 1, 1});
    }

    /**
     * One float32 per channel, (1, channels, 1, 1), blocked as {@code like} is; of any other layout the library makes nothing
     * but a slow reference loop.
     */
    static memory.desc perChannel(memory.desc like, long channels) {
        long block = like.get_inner_nblks() == 1 ? like.get_inner_blks().get(0) : 1;
        memory.format_tag tag = block == 16
                ? memory.format_tag.aBcd16b
                : block == 8 ? memory.format_tag.aBcd8b : memory.format_tag.abcd;
        return new memory.desc(new long[] {1, channels, 1, 1}, memory.data_type.f32, tag);
    }

    /** The values of a float32 memory as Java sees them; valid as long as the memory is. */
    static FloatBuffer floats(memory block) {
        try (memory.desc layout = block.get_desc();
                BytePointer start = new BytePointer(block.get_data_handle())) {
            return start.capacity(layout.get_size())
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    }
}
