package io.squadron.exchange;

import java.nio.ByteBuffer;

/** How a file stores one number, little endian; all become float32. */
public enum NumberKind {
    F64(8) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            for (int i = first; i < first + count; i++) {
                to[i] = (float) from.getDouble();
            }
        }
    },
    F32(4) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            from.asFloatBuffer().get(to, first, count);
        }
    },
    /** IEEE 754 binary16. */
    F16(2) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            for (int i = first; i < first + count; i++) {
                to[i] = half(from.getShort());
            }
        }
    },
    /** The upper half of a float32. */
    BF16(2) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            for (int i = first; i < first + count; i++) {
                to[i] = Float.intBitsToFloat(from.getShort() << 16);
            }
        }
    },
    I64(8) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            for (int i = first; i < first + count; i++) {
                to[i] = from.getLong();
            }
        }
    },
    I32(4) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            for (int i = first; i < first + count; i++) {
                to[i] = from.getInt();
            }
        }
    },
    I16(2) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            for (int i = first; i < first + count; i++) {
                to[i] = from.getShort();
            }
        }
    },
    I8(1) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            for (int i = first; i < first + count; i++) {
                to[i] = from.get();
            }
        }
    },
    U8(1) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            for (int i = first; i < first + count; i++) {
                to[i] = from.get() & 0xFF;
            }
        }
    },
    BOOL(1) {
        @Override
        void convert(ByteBuffer from, float[] to, int first, int count) {
            for (int i = first; i < first + count; i++) {
                to[i] = from.get() == 0 ? 0 : 1;
            }
        }
    };

    private final int bytes;

    NumberKind(int bytes) {
        this.bytes = bytes;
    }

    /** Of one number. */
    public int bytes() {
        return bytes;
    }

    /** Turns the next {@code count} numbers of {@code from} into {@code to[first]} and those behind it. */
    abstract void convert(ByteBuffer from, float[] to, int first, int count);

    /** Sign, 5 bits of exponent with bias 15, 10 bits of fraction; subnormal numbers, infinities and NaN included. */
    static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 31 ? 0xFF : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
