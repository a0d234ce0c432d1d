package io.squadron.driver.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.squadron.collective.Wire;
import io.squadron.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the calls of this rank and the messages of the others meet in: the exchanges under way. The first thing that goes
 * wrong breaks the group for good: who waits fails, and so does each later call. Thread-safe.
 */
final class Group {
    private final Membership own;
    private final TransportSettings settings;
    private final Peers peers;
    private final Notices notices;
    private final Map<Turn, Roll> rolls = new ConcurrentHashMap<>();
    private final Map<Turn, Running> running = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Break>> broken = new AtomicReference<>(Optional.empty());
    private volatile boolean closing;

    /** What broke the group: a sentence, and the exception below it if there was one. */
    private record Break(String reason, Optional<Throwable> cause) {}

    Group(Membership own, TransportSettings settings) {
        this.own = own;
        this.settings = settings;
        this.peers = new Peers(own);
        this.notices = new Notices(peers);
    }

    Membership own() {
        return own;
    }

    Duration deadline() {
        return settings.deadline();
    }

    Wire wire() {
        return settings.wire();
    }

    Peers peers() {
        return peers;
    }

    /** Keeps {@code exchange} where the messages of the others find it. */
    Running register(Running exchange) {
        running.put(exchange.turn(), exchange);
        if (broken.get().isPresent()) {
            exchange.fail();
        }
        return exchange;
    }

    /** This rank has come to {@code exchange}. */
    void come(Running exchange) {
        if (broken.get().isPresent()) {
            exchange.fail();
            return;
        }
        ByteBuf message = Frames.offer(exchange.turn(), exchange.mine(), PooledByteBufAllocator.DEFAULT);
        try {
            peers.others().forEach(peer -> peer.send(message.retainedDuplicate()));
        } finally {
            message.release();
        }
        add(own.rank(), exchange.turn(), exchange.mine());
        peers.others().forEach(peer -> breakIfGone(peer, exchange));
    }

    /** Another rank has come to an exchange. */
    void add(int rank, Turn turn, Offer offer) {
        Roll roll = rolls.computeIfAbsent(turn, fresh -> new Roll(own.size()));
        Optional<String> trouble = roll.add(rank, offer);
        if (trouble.isPresent()) {
            breakUp(trouble.get(), Optional.empty());
        } else if (roll.takeComplete()) {
            Running exchange = running.get(turn);
            exchange.heard();
            exchange.work().assembled(exchange, roll.offers());
        }
    }

    /** Where a piece from {@code rank} goes. */
    Inlet inlet(int rank, Piece piece) {
        Running exchange = running.get(piece.turn());
        if (exchange == null) {
            throw new IllegalArgumentException("a piece of an exchange that is not under way");
        }
        exchange.heard();
        return exchange.work().inlet(exchange, rank, piece);
    }

    void over(Running exchange) {
        running.remove(exchange.turn());
        rolls.remove(exchange.turn());
    }

    List<Integer> absent(Turn turn) {
        Roll roll = rolls.get(turn);
        return roll == null ? List.of() : roll.absent();
    }

    /** {@code peer} has said on {@code lane} that nothing more comes. */
    void left(Peer peer, Lane lane) {
        peer.leave(lane);
        running.values().stream().filter(Running::begun).forEach(exchange -> breakIfGone(peer, exchange));
    }

    private void breakIfGone(Peer peer, Running exchange) {
        List<Integer> absent = absent(exchange.turn());
        boolean gone = absent.contains(peer.rank())
                ? peer.left(Lane.PROMPT)
                : peer.left(Lane.bulk(peer.rank(), own.rank()))
                        && exchange.work().owing().contains(peer.rank());
        if (gone) {
            breakUp("rank %d closed before it".formatted(peer.rank()), Optional.empty());
        }
    }

    /** The connection to {@code peer} has closed. */
    void lost(Peer peer, Lane lane) {
        if (!closing && !peer.left(lane)) {
            breakUp(
                    "rank %d was lost: its connection from %s closed (its process ended, or the network failed)"
                            .formatted(peer.rank(), peer.place()),
                    Optional.empty());
        }
    }

    /** Those who hold up {@code exchange} are late. */
    void late(Running exchange) {
        List<Integer> absent = absent(exchange.turn());
        String did = absent.isEmpty() ? "sent nothing for" : "did not come within";
        List<Integer> owing = exchange.owing();
        if (!owing.isEmpty()) {
            breakUp(peers.late(owing, did, deadline().toNanos()), Optional.empty());
        }
    }

    void interrupted(InterruptedException cause) {
        breakUp("rank %d was interrupted".formatted(own.rank()), Optional.of(cause));
    }

    /** Breaks the group, unless it is broken already, and tells the others. */
    void breakUp(String reason, Optional<Throwable> cause) {
        if (broken(reason, cause)) {
            notices.tell(reason);
        }
    }

    /** Another rank has broken the group. */
    void brokenBy(String reason) {
        broken(reason, Optional.empty());
    }

    private boolean broken(String reason, Optional<Throwable> cause) {
        if (!broken.compareAndSet(Optional.empty(), Optional.of(new Break(reason, cause)))) {
            return false;
        }
        running.values().forEach(Running::fail);
        peers.assembled().completeExceptionally(new IllegalStateException(reason));
        return true;
    }

    Failure failure(Object what) {
        Break found = broken.get().orElseThrow();
        awaitTold();
        Failure failure = Failure.replica("Cannot %s at rank %d: %s", what, own.rank(), found.reason());
        return found.cause().map(failure::causedBy).orElse(failure);
    }

    /** Waits, a little, until the others know what broke the group. */
    void awaitTold() {
        notices.awaitTold();
    }

    /** Says goodbye, so that the others do not take the end of the connections for a loss. */
    void leave() {
        closing = true;
        notices.leave();
        broken("rank %d has closed".formatted(own.rank()), Optional.empty());
    }
}
