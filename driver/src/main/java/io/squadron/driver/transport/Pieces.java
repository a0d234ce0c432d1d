package io.squadron.driver.transport;

/**
 * A vector cut into one chunk per owner, and each chunk into pieces, which are what travels.
 *
 * @param length values of the vector
 * @param owners number of chunks
 */
record Pieces(int length, int owners) {
    /** Values of a piece: a quarter of a megabyte in float32, so that the first is summed while the others travel. */
    static final int VALUES = 1 << 16;

    /** Pieces that may be on their way from one rank to another unanswered: bounds what a rank must keep for others. */
    static final int WINDOW = 12;

    /** Chunks begin at multiples of so many values, a cache line. */
    private static final int LINE = 16;

    private int edge(int owner) {
        int edge = (int) ((long) length * owner / owners);
        return owner == owners ? length : edge / LINE * LINE;
    }

    /** Number of pieces of the chunk of {@code owner}. */
    int count(int owner) {
        return (edge(owner + 1) - edge(owner) + VALUES - 1) / VALUES;
    }

    /** Where a piece begins. */
    int start(int owner, int piece) {
        return edge(owner) + piece * VALUES;
    }

    int length(int owner, int piece) {
        return Math.min(VALUES, edge(owner + 1) - start(owner, piece));
    }

    int total() {
        int total = 0;
        for (int owner = 0; owner < owners; owner++) {
            total += count(owner);
        }
        return total;
    }
}
