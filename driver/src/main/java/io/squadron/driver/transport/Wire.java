package io.squadron.driver.transport;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** How the values of a sum travel. They are always added in float32. */
public enum Wire {
    /** As they are. */
    FLOAT32(Float.BYTES) {
        @Override
        void write(float[] from, int offset, int length, ByteBuffer to) {
            to.asFloatBuffer().put(from, offset, length);
        }

        @Override
        void read(ByteBuffer from, float[] to, int offset, int length) {
            from.asFloatBuffer().get(to, offset, length);
        }

        @Override
        void round(float[] values, int offset, int length) {}
    },

    /**
     * As bfloat16, in half the bytes: each rank's values are rounded to the nearest, ties to even, then added in float32,
     * and the sum is rounded likewise before it goes to all. Also holds for the sums of a short vector.
     */
    BFLOAT16(Short.BYTES) {
        @Override
        void write(float[] from, int offset, int length, ByteBuffer to) {
            ShortBuffer shorts = to.asShortBuffer();
            for (int i = 0; i < length; i++) {
                shorts.put(i, (short) (rounded(from[offset + i]) >>> 16));
            }
        }

        @Override
        void read(ByteBuffer from, float[] to, int offset, int length) {
            ShortBuffer shorts = from.asShortBuffer();
            for (int i = 0; i < length; i++) {
                to[offset + i] = Float.intBitsToFloat(shorts.get(i) << 16);
            }
        }

        @Override
        void round(float[] values, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                values[i] = Float.intBitsToFloat(rounded(values[i]));
            }
        }
    };

    private final int bytes;

    Wire(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** Writes to {@code to} from its position on, which stays; the values must be {@link #round rounded}. */
    abstract void write(float[] from, int offset, int length, ByteBuffer to);

    /** Reads from the position of {@code from} on, which stays. */
    abstract void read(ByteBuffer from, float[] to, int offset, int length);

    /** Makes of each value what the other side will see. */
    abstract void round(float[] values, int offset, int length);

    /** The bits of the nearest bfloat16, in the upper half of a float; a NaN stays one. */
    private static int rounded(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (bits | 0x0040_0000) & 0xffff_0000;
        }
        return (bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff_0000;
    }
}
