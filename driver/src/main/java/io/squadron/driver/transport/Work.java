package io.squadron.driver.transport;

import java.util.List;

/** What one exchange does with what arrives. Called by connections' threads, and by the caller's when it comes last. */
interface Work {
    /** All ranks have come, with {@code offers} by rank; ends, now or later, with {@link Running#finish}. */
    void assembled(Running running, Offer[] offers);

    /** Where a piece that rank {@code from} sends goes. */
    default Inlet inlet(Running running, int from, Piece piece) {
        throw new IllegalArgumentException("pieces of %s, which has none".formatted(running.call()));
    }

    /** The ranks that do not take what this one sends, once {@link #owing} names nobody. */
    default List<Integer> slow() {
        return List.of();
    }

    /** The ranks whose pieces hold it up, once all have come. */
    default List<Integer> owing() {
        return List.of();
    }
}
