package io.squadron.image.jpeg;

import java.util.Arrays;

/**
 * The inverse cosine transform of 8 x 8 coefficients by Loeffler, Ligtenberg and Moschytz (ICASSP 1989), in 13-bit fixed point
 * and with the roundings of libjpeg's "islow": the same bits.
 */
final class Idct {
    private static final int C_0_298 = 2446;
    private static final int C_0_390 = 3196;
    private static final int C_0_541 = 4433;
    private static final int C_0_765 = 6270;
    private static final int C_0_899 = 7373;
    private static final int C_1_175 = 9633;
    private static final int C_1_501 = 12299;
    private static final int C_1_847 = 15137;
    private static final int C_1_961 = 16069;
    private static final int C_2_053 = 16819;
    private static final int C_2_562 = 20995;
    private static final int C_3_072 = 25172;

    private final int[] work = new int[64];

    /** By sample plus 2048: looking up is cheaper than two comparisons. */
    private static final byte[] LEVELS = levels();

    private static byte[] levels() {
        byte[] levels = new byte[4096];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) Math.max(0, Math.min(255, i - 2048 + 128));
        }
        return levels;
    }

    /** One sample, 0..255, of a transform's result around 0: what is beyond is cut off. */
    static byte level(int value) {
        return LEVELS[(value + 2048) & 4095];
    }

    /**
     * Writes 8 x 8 samples.
     *
     * @param block dequantised coefficients, row by row; left zero
     * @param last position in the zigzag of the last that is not zero
     */
    void block(int[] block, int last, byte[] target, int at, int stride) {
        if (last == 0) {
            flat(level((block[0] + 4) >> 3), target, at, stride);
            block[0] = 0;
            return;
        }
        // Up to the tenth coefficient all lie in the first four columns and rows.
        int columns = last < 10 ? 4 : 8;
        for (int column = 0; column < columns; column++) {
            column(block, column);
        }
        Arrays.fill(block, 0);
        int to = at;
        for (int row = 0; row < 64; row += 8) {
            if (columns == 4) {
                shortRow(row, target, to);
            } else {
                row(row, target, to);
            }
            to += stride;
        }
    }

    private static void flat(byte level, byte[] target, int at, int stride) {
        for (int row = 0; row < 8; row++) {
            Arrays.fill(target, at + row * stride, at + row * stride + 8, level);
        }
    }

    private void column(int[] in, int c) {
        int[] out = work;
        if ((in[c + 8] | in[c + 16] | in[c + 24] | in[c + 32] | in[c + 40] | in[c + 48] | in[c + 56]) == 0) {
            int flat = in[c] << 2;
            for (int i = c; i < 64; i += 8) {
                out[i] = flat;
            }
            return;
        }
        int z1 = (in[c + 16] + in[c + 48]) * C_0_541;
        int even2 = z1 - in[c + 48] * C_1_847;
        int even3 = z1 + in[c + 16] * C_0_765;
        int even0 = (in[c] + in[c + 32]) << 13;
        int even1 = (in[c] - in[c + 32]) << 13;
        int t10 = even0 + even3 + 1024;
        int t13 = even0 - even3 + 1024;
        int t11 = even1 + even2 + 1024;
        int t12 = even1 - even2 + 1024;
        int i7 = in[c + 56];
        int i5 = in[c + 40];
        int i3 = in[c + 24];
        int i1 = in[c + 8];
        int z5 = (i7 + i3 + i5 + i1) * C_1_175;
        int z3 = z5 - (i7 + i3) * C_1_961;
        int z4 = z5 - (i5 + i1) * C_0_390;
        z1 = (i7 + i1) * -C_0_899;
        int z2 = (i5 + i3) * -C_2_562;
        int odd0 = i7 * C_0_298 + z1 + z3;
        int odd1 = i5 * C_2_053 + z2 + z4;
        int odd2 = i3 * C_3_072 + z2 + z3;
        int odd3 = i1 * C_1_501 + z1 + z4;
        out[c] = (t10 + odd3) >> 11;
        out[c + 56] = (t10 - odd3) >> 11;
        out[c + 8] = (t11 + odd2) >> 11;
        out[c + 48] = (t11 - odd2) >> 11;
        out[c + 16] = (t12 + odd1) >> 11;
        out[c + 40] = (t12 - odd1) >> 11;
        out[c + 24] = (t13 + odd0) >> 11;
        out[c + 32] = (t13 - odd0) >> 11;
    }

    private void row(int r, byte[] target, int at) {
        int[] in = work;
        int z1 = (in[r + 2] + in[r + 6]) * C_0_541;
        int even2 = z1 - in[r + 6] * C_1_847;
        int even3 = z1 + in[r + 2] * C_0_765;
        int even0 = ((in[r] + in[r + 4]) << 13) + (1 << 17);
        int even1 = ((in[r] - in[r + 4]) << 13) + (1 << 17);
        int i7 = in[r + 7];
        int i5 = in[r + 5];
        int i3 = in[r + 3];
        int i1 = in[r + 1];
        int z5 = (i7 + i3 + i5 + i1) * C_1_175;
        int z3 = z5 - (i7 + i3) * C_1_961;
        int z4 = z5 - (i5 + i1) * C_0_390;
        z1 = (i7 + i1) * -C_0_899;
        int z2 = (i5 + i3) * -C_2_562;
        int odd0 = i7 * C_0_298 + z1 + z3;
        int odd1 = i5 * C_2_053 + z2 + z4;
        int odd2 = i3 * C_3_072 + z2 + z3;
        int odd3 = i1 * C_1_501 + z1 + z4;
        target[at] = level((even0 + even3 + odd3) >> 18);
        target[at + 1] = level((even1 + even2 + odd2) >> 18);
        target[at + 2] = level((even1 - even2 + odd1) >> 18);
        target[at + 3] = level((even0 - even3 + odd0) >> 18);
        target[at + 4] = level((even0 - even3 - odd0) >> 18);
        target[at + 5] = level((even1 - even2 - odd1) >> 18);
        target[at + 6] = level((even1 + even2 - odd2) >> 18);
        target[at + 7] = level((even0 + even3 - odd3) >> 18);
    }

    /** As {@link #row}, where the last four are zero. */
    private void shortRow(int r, byte[] target, int at) {
        int[] in = work;
        int even2 = in[r + 2] * C_0_541;
        int even3 = in[r + 2] * (C_0_541 + C_0_765);
        int even = (in[r] << 13) + (1 << 17);
        int i3 = in[r + 3];
        int i1 = in[r + 1];
        int z5 = (i3 + i1) * C_1_175;
        int z3 = z5 - i3 * C_1_961;
        int z4 = z5 - i1 * C_0_390;
        int z1 = i1 * -C_0_899;
        int z2 = i3 * -C_2_562;
        int odd0 = z1 + z3;
        int odd1 = z2 + z4;
        int odd2 = i3 * C_3_072 + z2 + z3;
        int odd3 = i1 * C_1_501 + z1 + z4;
        target[at] = level((even + even3 + odd3) >> 18);
        target[at + 1] = level((even + even2 + odd2) >> 18);
        target[at + 2] = level((even - even2 + odd1) >> 18);
        target[at + 3] = level((even - even3 + odd0) >> 18);
        target[at + 4] = level((even - even3 - odd0) >> 18);
        target[at + 5] = level((even - even2 - odd1) >> 18);
        target[at + 6] = level((even + even2 - odd2) >> 18);
        target[at + 7] = level((even + even3 - odd3) >> 18);
    }
}
