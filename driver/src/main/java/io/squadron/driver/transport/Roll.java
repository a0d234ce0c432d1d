package io.squadron.driver.transport;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who has come to one exchange, and with what. Thread-safe. */
final class Roll {
    private final Offer[] offers;
    private int missing;
    private boolean taken;

    Roll(int size) {
        this.offers = new Offer[size];
        this.missing = size;
    }

    /** Notes the offer of {@code rank}; gives a sentence if it disagrees with one that is here already. */
    synchronized Optional<String> add(int rank, Offer offer) {
        if (offers[rank] != null) {
            return Optional.of("rank %d came twice to %s".formatted(rank, offer.call()));
        }
        offers[rank] = offer;
        missing--;
        return IntStream.range(0, offers.length)
                .filter(other -> offers[other] != null && !offers[other].call().equals(offer.call()))
                .mapToObj(other -> "rank %d is at %s, but rank %d is at %s"
                        .formatted(rank, offer.call(), other, offers[other].call()))
                .findFirst();
    }

    /** True when all have come, to the first who asks then. */
    synchronized boolean takeComplete() {
        boolean first = missing == 0 && !taken;
        taken |= first;
        return first;
    }

    /** What came, by rank; to be read when complete. */
    synchronized Offer[] offers() {
        return offers;
    }

    synchronized List<Integer> absent() {
        return IntStream.range(0, offers.length)
                .filter(rank -> offers[rank] == null)
                .boxed()
                .toList();
    }
}
