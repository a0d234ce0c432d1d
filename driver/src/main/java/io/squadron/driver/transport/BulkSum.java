package io.squadron.driver.transport;

import io.squadron.collective.Wire;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The sum of long vectors. Each rank owns one chunk: the others send it their values of that chunk, it adds them in rank
 * order and sends the sum to all. So each rank sends and receives 2 (n - 1) / n of the vector, as a ring would; but a ring
 * adds each chunk in another order, and here the bits are those of adding in rank order, whatever arrives first.
 *
 * <p>A rank sends piece k + {@link Pieces#WINDOW} of a chunk when it has got back the sum of piece k: the owner keeps no
 * more than that many pieces of each rank. A piece of its own has been read when its sum comes back to the same place.
 */
final class BulkSum implements Work {
    private final Group group;
    private final Wire wire;
    private final float[] values;
    private final int offset;
    private final Pieces pieces;
    private final int own;

    /** Pieces of the own chunk that others have sent. // [rank, slot, value] */
    private final float[][][] staged;

    /** Ranks whose values of that piece of the own chunk are here. */
    private final AtomicIntegerArray present;

    /** Arrivals not yet looked at; whoever makes it more than 0 looks. */
    private final AtomicInteger arrivals = new AtomicInteger();

    /** Pieces of the own chunk summed; touched by who looks at arrivals alone. */
    private final AtomicInteger summed = new AtomicInteger();

    /** Pieces got from each rank: values for the own chunk, and sums of its chunk. */
    private final AtomicIntegerArray parts;

    private final AtomicIntegerArray results;

    /** Pieces sent to each rank; touched by the thread that sends to it alone. */
    private final int[] sent;

    /** Sums of the own chunk that the socket to each rank has taken. */
    private final AtomicIntegerArray read;

    /**
     * Pieces not yet in place, sums not yet taken, and one for the offers: they have a lane of their own, and may come
     * after the last piece.
     */
    private final AtomicInteger open;

    BulkSum(Group group, Wire wire, float[] values, int offset, int length) {
        this.group = group;
        this.wire = wire;
        this.values = values;
        this.offset = offset;
        int size = group.own().size();
        this.own = group.own().rank();
        this.pieces = new Pieces(length, size);
        this.staged = new float[size][Math.min(Pieces.WINDOW, pieces.count(own))][];
        this.present = new AtomicIntegerArray(pieces.count(own));
        this.parts = new AtomicIntegerArray(size);
        this.results = new AtomicIntegerArray(size);
        this.sent = new int[size];
        this.read = new AtomicIntegerArray(size);
        this.open = new AtomicInteger(1 + pieces.total() + (size - 1) * pieces.count(own));
        wire.round(values, offset, length);
    }

    @Override
    public void assembled(Running running, Offer[] offers) {
        for (Peer peer : group.peers().others()) {
            peer.bulkThread().execute(() -> send(running, peer));
        }
        close(running);
    }

    /** Sends what the window allows; on the thread that sends to {@code peer}. */
    private void send(Running running, Peer peer) {
        int owner = peer.rank();
        int end = Math.min(pieces.count(owner), results.get(owner) + Pieces.WINDOW);
        while (sent[owner] < end) {
            int piece = sent[owner]++;
            Piece name = new Piece(running.turn(), Piece.Kind.PART, piece);
            peer.send(name, values(owner, piece, () -> {}), () -> {});
        }
    }

    private Values values(int owner, int piece, Runnable whenRead) {
        return new Values(wire, values, offset + pieces.start(owner, piece), pieces.length(owner, piece), whenRead);
    }

    @Override
    public Inlet inlet(Running running, int from, Piece piece) {
        boolean part = piece.kind() == Piece.Kind.PART;
        int owner = part ? own : from;
        if (piece.index() != (part ? parts : results).get(from) || piece.index() >= pieces.count(owner)) {
            throw new IllegalArgumentException("%s out of turn".formatted(piece));
        }
        int length = pieces.length(owner, piece.index());
        if (part) {
            return part(running, from, piece.index(), length);
        }
        int start = offset + pieces.start(owner, piece.index());
        return new Inlet(wire, Inlet.Target.replace(values, wire), start, length, () -> resultCame(running, from));
    }

    private Inlet part(Running running, int from, int piece, int length) {
        Runnable whenWhole = () -> partCame(running, from, piece);
        if (inPairs()) {
            int start = offset + pieces.start(own, piece);
            return new Inlet(wire, Inlet.Target.add(values, wire), start, length, whenWhole);
        }
        return new Inlet(wire, Inlet.Target.replace(slot(from, piece), wire), 0, length, whenWhole);
    }

    /** The sum of two has the same bits in either order: what arrives is added at once. */
    private boolean inPairs() {
        return staged.length == 2;
    }

    private float[] slot(int from, int piece) {
        float[][] slots = staged[from];
        int slot = piece % slots.length;
        if (slots[slot] == null) {
            slots[slot] = new float[pieces.length(own, piece)];
        }
        return slots[slot];
    }

    private void partCame(Running running, int from, int piece) {
        running.heard();
        parts.incrementAndGet(from);
        present.incrementAndGet(piece);
        sumWhatIsThere(running);
    }

    /** Sums come in the order of their pieces, one thread at a time: that is how the others expect them. */
    private void sumWhatIsThere(Running running) {
        if (arrivals.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = arrivals.get();
            while (summed.get() < present.length() && present.get(summed.get()) == staged.length - 1) {
                sum(running, summed.get());
                summed.incrementAndGet();
            }
        } while (arrivals.addAndGet(-seen) > 0);
    }

    private void sum(Running running, int piece) {
        if (inPairs()) {
            wire.round(values, offset + pieces.start(own, piece), pieces.length(own, piece));
        } else {
            add(piece);
        }
        Piece name = new Piece(running.turn(), Piece.Kind.RESULT, piece);
        for (Peer peer : group.peers().others()) {
            Values sum = values(own, piece, () -> resultRead(running, peer.rank()));
            // Also on that very thread: a write that went at once would overtake those that wait there.
            peer.bulkThread().execute(() -> peer.send(name, sum, () -> {}));
        }
        close(running);
    }

    private void add(int piece) {
        Sums.Part target = new Sums.Part(values, offset + pieces.start(own, piece));
        Sums.Part[] all = new Sums.Part[staged.length];
        for (int rank = 0; rank < all.length; rank++) {
            all[rank] = rank == own ? target : new Sums.Part(slot(rank, piece), 0);
        }
        Sums.add(all, pieces.length(own, piece), wire, target);
    }

    private void resultCame(Running running, int from) {
        running.heard();
        results.incrementAndGet(from);
        Peer peer = group.peers().of(from);
        peer.bulkThread().execute(() -> send(running, peer));
        close(running);
    }

    /** The socket has taken a sum: from then on the caller may have the values back. */
    private void resultRead(Running running, int rank) {
        read.incrementAndGet(rank);
        close(running);
    }

    private void close(Running running) {
        if (open.decrementAndGet() == 0) {
            running.finish();
        }
    }

    /** Those whose values the next sum needs; when all sums are made, those whose sums are not here. */
    @Override
    public List<Integer> owing() {
        int wanted = summed.get();
        return group.peers().others().stream()
                .map(Peer::rank)
                .filter(rank ->
                        wanted < present.length() ? parts.get(rank) <= wanted : results.get(rank) < pieces.count(rank))
                .toList();
    }

    @Override
    public List<Integer> slow() {
        return group.peers().others().stream()
                .map(Peer::rank)
                .filter(rank -> read.get(rank) < pieces.count(own))
                .toList();
    }
}
