package io.squadron.image.jpeg;

/** The order in which a block's coefficients are stored (T.81, figure A.6). */
final class Zigzag {
    /** Row times 8 plus column; beyond 63 the last place again, so that a damaged run stays inside the block. */
    static final int[] NATURAL = natural();

    private Zigzag() {}

    private static int[] natural() {
        int[] order = new int[64 + 16];
        java.util.Arrays.fill(order, 63);
        int at = 0;
        for (int diagonal = 0; diagonal < 15; diagonal++) {
            for (int i = Math.max(0, diagonal - 7); i <= Math.min(7, diagonal); i++) {
                int row = diagonal % 2 == 0 ? diagonal - i : i;
                order[at++] = row * 8 + diagonal - row;
            }
        }
        return order;
    }
}
