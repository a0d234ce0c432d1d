package io.squadron.collective;

/** A sum under way: the vector belongs to it until {@link #await} returns. To be awaited once, by the thread of its rank. */
@FunctionalInterface
public interface Pending {
    /**
     * Returns when the vector holds the sum.
     *
     * @throws io.squadron.failure.Failure of kind REPLICA, as {@link Collective#allReduce}
     */
    void await();
}
