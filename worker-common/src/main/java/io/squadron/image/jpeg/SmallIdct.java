package io.squadron.image.jpeg;

import java.util.Arrays;

/**
 * The inverse cosine transform of the 4 x 4, 2 x 2 or 1 x 1 lowest coefficients of a block: the picture at 1/2, 1/4 or 1/8 of
 * its size, without the frequencies that do not fit there.
 */
final class SmallIdct {
    private static final int C_0_541 = 4433;
    private static final int C_0_765 = 6270;
    private static final int C_1_847 = 15137;

    private final int[] work = new int[16];

    /** Writes {@code size} x {@code size} samples; the coefficients are left zero. */
    void block(int size, int[] block, byte[] target, int at, int stride) {
        switch (size) {
            case 4 -> four(block, target, at, stride);
            case 2 -> two(block, target, at, stride);
            default -> target[at] = Idct.level((block[0] + 4) >> 3);
        }
        Arrays.fill(block, 0);
    }

    private static void two(int[] in, byte[] target, int at, int stride) {
        int upper = in[0] + in[8] + 4;
        int upperSlope = in[1] + in[9];
        int lower = in[0] - in[8] + 4;
        int lowerSlope = in[1] - in[9];
        target[at] = Idct.level((upper + upperSlope) >> 3);
        target[at + 1] = Idct.level((upper - upperSlope) >> 3);
        target[at + stride] = Idct.level((lower + lowerSlope) >> 3);
        target[at + stride + 1] = Idct.level((lower - lowerSlope) >> 3);
    }

    private void four(int[] in, byte[] target, int at, int stride) {
        for (int c = 0; c < 4; c++) {
            int even0 = (in[c] + in[c + 16]) << 2;
            int even1 = (in[c] - in[c + 16]) << 2;
            int z = (in[c + 8] + in[c + 24]) * C_0_541 + 1024;
            int odd0 = (z + in[c + 8] * C_0_765) >> 11;
            int odd1 = (z - in[c + 24] * C_1_847) >> 11;
            work[c] = even0 + odd0;
            work[c + 4] = even1 + odd1;
            work[c + 8] = even1 - odd1;
            work[c + 12] = even0 - odd0;
        }
        int to = at;
        for (int r = 0; r < 16; r += 4) {
            int even0 = ((work[r] + work[r + 2]) << 13) + (1 << 17);
            int even1 = ((work[r] - work[r + 2]) << 13) + (1 << 17);
            int z = (work[r + 1] + work[r + 3]) * C_0_541;
            int odd0 = z + work[r + 1] * C_0_765;
            int odd1 = z - work[r + 3] * C_1_847;
            target[to] = Idct.level((even0 + odd0) >> 18);
            target[to + 1] = Idct.level((even1 + odd1) >> 18);
            target[to + 2] = Idct.level((even1 - odd1) >> 18);
            target[to + 3] = Idct.level((even0 - odd0) >> 18);
            to += stride;
        }
    }
}
