package io.squadron.driver.transport;

/** The connections between a pair of ranks; none waits for another. */
enum Lane {
    /** Offers, which carry short vectors, and notices, both ways: latency first. */
    PROMPT,
    /** Pieces of long vectors from the higher rank to the lower. */
    DOWN,
    /** Pieces of long vectors from the lower rank to the higher. */
    UP;

    /** The lane on which {@code from} sends pieces to {@code to}. */
    static Lane bulk(int from, int to) {
        return from > to ? DOWN : UP;
    }
}
