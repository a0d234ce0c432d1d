package io.squadron.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Float32 as the bytes that other programs expect: little endian, row by row. */
public final class FloatBytes {
    private static final int BUFFER = 1 << 16;

    private FloatBytes() {}

    /** The bytes of {@code values}, all at once. */
    public static byte[] of(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    /** The bytes of {@code tensor}, all at once. */
    public static byte[] of(NamedFloats tensor) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(tensor.length(), Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(tensor.values(), tensor.offset(), tensor.length());
        return buffer.array();
    }

    /** Writes the bytes of {@code tensor} without a copy of the whole. */
    public static void write(NamedFloats tensor, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        int end = tensor.offset() + tensor.length();
        for (int first = tensor.offset(); first < end; first += BUFFER / Float.BYTES) {
            int some = Math.min(BUFFER / Float.BYTES, end - first);
            buffer.clear().asFloatBuffer().put(tensor.values(), first, some);
            out.write(buffer.array(), 0, some * Float.BYTES);
        }
    }
}
