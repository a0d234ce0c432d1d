package io.squadron.driver.transport;

import io.squadron.collective.Wire;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The broadcast of a long vector: the root sends all of it to each rank, always in float32, and is done when all have
 * taken it. No more than {@link Pieces#WINDOW} pieces for a rank wait in the memory of the root.
 */
final class BulkBroadcast implements Work {
    private final Group group;
    private final int root;
    private final float[] values;
    private final int offset;
    private final Pieces pieces;

    /** Pieces that have come: at the root by rank, elsewhere at the place of the root. */
    private final AtomicIntegerArray taken;

    /** Pieces sent to each rank; touched by the thread that sends to it alone. */
    private final int[] sent;

    /** Pieces still to come or to be taken, and one for the offers, which may come after the last piece. */
    private final AtomicInteger open;

    BulkBroadcast(Group group, int root, float[] values, int offset, int length) {
        this.group = group;
        this.root = root;
        this.values = values;
        this.offset = offset;
        this.pieces = new Pieces(length, 1);
        int size = group.own().size();
        this.taken = new AtomicIntegerArray(size);
        this.sent = new int[size];
        this.open = new AtomicInteger(1 + pieces.total() * (atRoot() ? size - 1 : 1));
    }

    private boolean atRoot() {
        return group.own().rank() == root;
    }

    @Override
    public void assembled(Running running, Offer[] offers) {
        if (atRoot()) {
            for (Peer peer : group.peers().others()) {
                peer.bulkThread().execute(() -> send(running, peer));
            }
        }
        close(running);
    }

    private void send(Running running, Peer peer) {
        int end = Math.min(pieces.total(), taken.get(peer.rank()) + Pieces.WINDOW);
        while (sent[peer.rank()] < end) {
            int piece = sent[peer.rank()]++;
            Piece name = new Piece(running.turn(), Piece.Kind.RESULT, piece);
            Values part = new Values(
                    Wire.FLOAT32, values, offset + pieces.start(0, piece), pieces.length(0, piece), () -> {});
            peer.send(name, part, () -> came(running, peer.rank()));
        }
    }

    @Override
    public Inlet inlet(Running running, int from, Piece piece) {
        if (from != root || piece.index() != taken.get(root) || piece.index() >= pieces.total()) {
            throw new IllegalArgumentException("%s out of turn".formatted(piece));
        }
        int start = offset + pieces.start(0, piece.index());
        return new Inlet(
                Wire.FLOAT32,
                Inlet.Target.replace(values, Wire.FLOAT32),
                start,
                pieces.length(0, piece.index()),
                () -> came(running, from));
    }

    private void came(Running running, int rank) {
        running.heard();
        taken.incrementAndGet(rank);
        if (atRoot()) {
            send(running, group.peers().of(rank));
        }
        close(running);
    }

    private void close(Running running) {
        if (open.decrementAndGet() == 0) {
            running.finish();
        }
    }

    @Override
    public List<Integer> owing() {
        return group.peers().others().stream()
                .map(Peer::rank)
                .filter(rank -> atRoot() || rank == root)
                .filter(rank -> taken.get(rank) < pieces.total())
                .toList();
    }
}
