package io.squadron.collective;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One exchange: what each rank offered so far. Guarded by the lock of its {@link Meeting}, except {@link #complete}, and
 * the offers once that is true.
 */
final class Exchange {
    private final Offer[] offers;
    private int missing;
    private volatile boolean complete;

    Exchange(int size) {
        this.offers = new Offer[size];
        this.missing = size;
    }

    void add(int rank, Offer offer) {
        offers[rank] = offer;
        missing--;
        complete = missing == 0;
    }

    /** Whether all ranks have come; may be asked without the lock. */
    boolean complete() {
        return complete;
    }

    /** What came, by rank; to be read when complete. */
    Offer[] offers() {
        return offers;
    }

    /** A sentence about the first rank that is at another exchange than {@code rank} at {@code call}. */
    Optional<String> disagreement(int rank, Call call) {
        return present(other -> !offers[other].call().equals(call))
                .map(other ->
                        "rank %d is at %s, but rank %d is at %s".formatted(rank, call, other, offers[other].call()));
    }

    private Optional<Integer> present(IntPredicate wanted) {
        return IntStream.range(0, offers.length)
                .filter(rank -> offers[rank] != null)
                .filter(wanted)
                .boxed()
                .findFirst();
    }

    /** The ranks that have not come. */
    List<Integer> absent() {
        return IntStream.range(0, offers.length)
                .filter(rank -> offers[rank] == null)
                .boxed()
                .toList();
    }
}
