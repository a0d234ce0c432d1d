package io.squadron.collective;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** How the values of a sum travel. They are always added in float32. A sum of one rank alone does not travel. */
public enum Wire {
    /** As they are. */
    FLOAT32(Float.BYTES) {
        @Override
        public void write(float[] from, int offset, int length, ByteBuffer to) {
            to.asFloatBuffer().put(from, offset, length);
        }

        @Override
        public void read(ByteBuffer from, float[] to, int offset, int length) {
            from.asFloatBuffer().get(to, offset, length);
        }

        @Override
        public void round(float[] values, int offset, int length) {}
    },

    /**
     * As bfloat16, in half the bytes: each rank's values are rounded to the nearest, ties to even, then added in float32,
     * and the sum is rounded likewise before it goes to all. Also holds for the sums of a short vector, and for those inside
     * one process, so that the bits do not depend on where the ranks are.
     */
    BFLOAT16(Short.BYTES) {
        @Override
        public void write(float[] from, int offset, int length, ByteBuffer to) {
            ShortBuffer shorts = to.asShortBuffer();
            short[] block = new short[Math.min(BLOCK, length)];
            for (int start = 0; start < length; start += BLOCK) {
                int count = Math.min(BLOCK, length - start);
                for (int i = 0; i < count; i++) {
                    block[i] = (short) (Float.floatToRawIntBits(from[offset + start + i]) >>> 16);
                }
                shorts.put(block, 0, count);
            }
        }

        @Override
        public void read(ByteBuffer from, float[] to, int offset, int length) {
            ShortBuffer shorts = from.asShortBuffer();
            short[] block = new short[Math.min(BLOCK, length)];
            for (int start = 0; start < length; start += BLOCK) {
                int count = Math.min(BLOCK, length - start);
                shorts.get(block, 0, count);
                for (int i = 0; i < count; i++) {
                    to[offset + start + i] = Float.intBitsToFloat(block[i] << 16);
                }
            }
        }

        @Override
        public void round(float[] values, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                values[i] = Float.intBitsToFloat(rounded(Float.floatToRawIntBits(values[i])));
            }
        }
    };

    /** Values converted before they are handed on: 4 KiB, which stay in the first-level cache. */
    private static final int BLOCK = 2048;

    private static final int INFINITY = 0x7f80_0000;

    private final int bytes;

    Wire(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /** Writes to {@code to} from its position on, which stays; the values must be {@link #round rounded}. */
    public abstract void write(float[] from, int offset, int length, ByteBuffer to);

    /** Reads from the position of {@code from} on, which stays. */
    public abstract void read(ByteBuffer from, float[] to, int offset, int length);

    /** Makes of each value what the other side will see. */
    public abstract void round(float[] values, int offset, int length);

    /** The bits of the nearest bfloat16, in the upper half of those of a float; a NaN stays one. */
    private static int rounded(int bits) {
        if ((bits & 0x7fff_ffff) > INFINITY) {
            return (bits | 0x0040_0000) & 0xffff_0000;
        }
        return (bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff_0000;
    }
}
