package io.squadron.collective;

import io.squadron.failure.Failure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Where the ranks of one JVM wait for each other. Each exchange is an object of its own, which the last rank to come
 * completes and replaces; so a fast rank can enter the next exchange while a slow one still reads the last. The first
 * thing that goes wrong (deadline, disagreement, abort, a rank that left) breaks the meeting for all, for good.
 * Thread-safe.
 */
final class Meeting {
    /** Some 20 microseconds, about what waking a parked thread costs; more would steal the core of who is awaited. */
    private static final int SPINS = 500;

    private final Duration deadline;
    private final boolean[] joined;
    private final boolean[] left;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int spins;
    private final Map<Table, Exchange> current = new EnumMap<>(Table.class);
    private volatile Optional<Break> broken = Optional.empty();

    /** Two sequences of exchanges that do not wait for each other. */
    enum Table {
        CALLS,
        BACKGROUND
    }

    /** What broke the meeting first: a sentence, and the exception below it if there was one. */
    private record Break(String reason, Optional<Throwable> cause) {}

    Meeting(int size, Duration deadline) {
        if (size < 1 || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("Cannot gather %d ranks within %s (expected at least one, and some time)"
                    .formatted(size, deadline));
        }
        this.deadline = deadline;
        this.joined = new boolean[size];
        this.left = new boolean[size];
        reset();
        this.spins = size <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    }

    private void reset() {
        for (Table table : Table.values()) {
            current.put(table, new Exchange(joined.length));
        }
    }

    int size() {
        return joined.length;
    }

    /** Brings {@code offer} and returns the offers of all ranks, by rank, when all have come. */
    Offer[] meet(int rank, Offer offer) {
        return meet(rank, Table.CALLS, offer);
    }

    Offer[] meet(int rank, Table table, Offer offer) {
        Exchange exchange = arrive(rank, table, offer);
        for (int i = 0; i < spins && !exchange.complete(); i++) {
            Thread.onSpinWait();
        }
        if (!exchange.complete()) {
            await(rank, offer.call(), exchange);
        }
        return exchange.offers();
    }

    private Exchange arrive(int rank, Table table, Offer offer) {
        lock.lock();
        try {
            if (left[rank]) {
                throw new IllegalStateException("Cannot %s at rank %d: it has closed".formatted(offer.call(), rank));
            }
            requireWhole(rank, offer.call());
            Exchange mine = current.get(table);
            mine.disagreement(rank, offer.call()).ifPresent(reason -> {
                throw breakUp(rank, offer.call(), reason);
            });
            mine.add(rank, offer);
            if (mine.complete()) {
                current.put(table, new Exchange(size()));
                changed.signalAll();
            }
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private void await(int rank, Call call, Exchange exchange) {
        lock.lock();
        try {
            long remaining = deadline.toNanos();
            while (!exchange.complete()) {
                requireWhole(rank, call);
                requireReachable(rank, call, exchange);
                if (remaining <= 0) {
                    throw breakUp(rank, call, lateness(exchange));
                }
                remaining = changed.awaitNanos(remaining);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            String reason = left[rank] ? "rank %d closed before it" : "rank %d was interrupted";
            breakUp(reason.formatted(rank), Optional.of(interrupted));
            requireWhole(rank, call);
        } finally {
            lock.unlock();
        }
    }

    private void requireReachable(int rank, Call call, Exchange exchange) {
        List<Integer> gone =
                exchange.absent().stream().filter(each -> left[each]).toList();
        if (!gone.isEmpty()) {
            throw breakUp(rank, call, named(gone) + " closed before it");
        }
    }

    private String lateness(Exchange exchange) {
        List<Integer> absent = exchange.absent();
        List<Integer> never = absent.stream().filter(each -> !joined[each]).toList();
        return "%s did not come within %s s%s"
                .formatted(
                        named(absent),
                        String.format(Locale.ROOT, "%.1f", deadline.toNanos() / 1e9),
                        never.isEmpty() ? "" : " (never seen: " + named(never) + ")");
    }

    private static String named(List<Integer> ranks) {
        return ranks.size() == 1 ? "rank " + ranks.get(0) : "ranks " + ranks;
    }

    private void requireWhole(int rank, Call call) {
        broken.ifPresent(found -> {
            throw failure(rank, call, found);
        });
    }

    private Failure breakUp(int rank, Call call, String reason) {
        breakUp(reason, Optional.empty());
        return failure(rank, call, broken.orElseThrow());
    }

    private static Failure failure(int rank, Call call, Break found) {
        Failure failure = Failure.replica("Cannot %s at rank %d: %s", call, rank, found.reason());
        return found.cause().map(failure::causedBy).orElse(failure);
    }

    /** Breaks the meeting, unless it is broken already, and wakes everyone. */
    void breakUp(String reason, Optional<Throwable> cause) {
        lock.lock();
        try {
            if (broken.isEmpty()) {
                broken = Optional.of(new Break(reason, cause));
                reset();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Marks {@code rank} as come; false if it came before. */
    boolean join(int rank) {
        lock.lock();
        try {
            boolean fresh = !joined[rank];
            joined[rank] = true;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /** Marks {@code rank} as gone; who waits for it fails at once. */
    void leave(int rank) {
        lock.lock();
        try {
            left[rank] = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether every rank has left. */
    boolean over() {
        lock.lock();
        try {
            return IntStream.range(0, size()).allMatch(rank -> left[rank]);
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@code rank} has left a broken meeting, and so comes for a new one. */
    boolean overFor(int rank) {
        lock.lock();
        try {
            return left[rank] && broken.isPresent();
        } finally {
            lock.unlock();
        }
    }
}
