package io.squadron.driver.training;

import io.squadron.replica.Timing;

/**
 * Where the time of one rank went in one round, in seconds. What is left to the round's own time is start, end and the
 * waiting of Spark.
 *
 * @param read waiting for batches
 * @param compute in the engine, without the waits below
 * @param normWait waiting for the batch-norm statistics of other ranks
 * @param gradientWait waiting for the gradients or the weights of other ranks
 * @param place where the rank ran, for people; empty if it was a thread of the driver's JVM
 */
public record RankTiming(int rank, double read, double compute, double normWait, double gradientWait, String place) {
    /** Of a thread of the driver's JVM. */
    public RankTiming(int rank, double read, double compute, double normWait, double gradientWait) {
        this(rank, read, compute, normWait, gradientWait, "");
    }

    static RankTiming of(int rank, Timing timing, String place) {
        return new RankTiming(rank, timing.read(), timing.compute(), timing.normWait(), timing.gradientWait(), place);
    }

    public double total() {
        return read + compute + normWait + gradientWait;
    }

    /** Both rounds of the same rank together, wherever it ran. */
    public RankTiming plus(RankTiming other) {
        return new RankTiming(
                rank,
                read + other.read,
                compute + other.compute,
                normWait + other.normWait,
                gradientWait + other.gradientWait,
                place.equals(other.place) ? place : "");
    }
}
