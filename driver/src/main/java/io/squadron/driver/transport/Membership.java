package io.squadron.driver.transport;

/**
 * Who a rank says it is. Ranks of one group have equal {@code run}, {@code attempt} and {@code size}; whoever differs is
 * refused, such as a task of an earlier attempt that Spark has given up but that still runs.
 *
 * @param run the training run
 * @param attempt which round, and which attempt at it
 */
public record Membership(String run, String attempt, int rank, int size) {
    public Membership {
        if (rank < 0 || rank >= size) {
            throw new IllegalArgumentException("Cannot be rank %d of %d".formatted(rank, size));
        }
    }
}
