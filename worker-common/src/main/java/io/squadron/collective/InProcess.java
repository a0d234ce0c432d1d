package io.squadron.collective;

import io.squadron.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The collective of replicas that are threads of one JVM: sums go from array to array, without copies on a wire. Long
 * vectors are cut into one chunk per rank, summed side by side by the threads that wait anyway; short ones are summed by
 * each rank for itself, which saves the second meeting.
 *
 * <p>A rank that closes before an exchange, a deadline, an interrupt, a disagreement or an abort breaks the group for
 * good. When an exchange of a broken group fails, the values it was to fill are undefined.
 */
public final class InProcess implements Collective {
    /** Up to this length one meeting and sums by every rank are faster than two meetings and shared sums. */
    private static final int SHORT = 8192;

    /** Elements in one 64-byte cache line: chunks begin at multiples, so that no two threads write to one line. */
    private static final int LINE = 16;

    /** Elements summed before they are handed out: stays in the first-level cache. */
    private static final int BLOCK = 2048;

    private final Meeting meeting;
    private final int rank;
    private final Runnable onClose;
    private final Background background = new Background(interrupted -> {
        abort(interrupted);
        throw Failure.replica("Cannot wait for a sum at rank %d: it was interrupted", rank())
                .causedBy(interrupted);
    });

    private InProcess(Meeting meeting, int rank, Runnable onClose) {
        this.meeting = meeting;
        this.rank = rank;
        this.onClose = onClose;
    }

    /** A new group, one member per rank, each to be used by one thread; no exchange may take longer than {@code deadline}. */
    public static List<Collective> group(int size, Duration deadline) {
        Meeting meeting = new Meeting(size, deadline);
        return IntStream.range(0, size)
                .<Collective>mapToObj(rank -> member(meeting, rank))
                .toList();
    }

    private static InProcess member(Meeting meeting, int rank) {
        meeting.join(rank);
        return new InProcess(meeting, rank, () -> meeting.leave(rank));
    }

    /**
     * Joins the group of this JVM that bears {@code key}; whoever comes first opens it. The key must name the attempt as
     * well as the round: a rank that was given up may still be in the group of the attempt before.
     */
    public static Collective join(String key, int rank, int size, Duration deadline) {
        if (rank < 0 || rank >= size) {
            throw new IllegalArgumentException("Cannot join '%s' as rank %d of %d".formatted(key, rank, size));
        }
        Meeting meeting = Rendezvous.join(key, rank, size, deadline);
        return new InProcess(meeting, rank, () -> Rendezvous.leave(key, meeting, rank));
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return meeting.size();
    }

    @Override
    public void allReduce(String what, float[] values, int offset, int length) {
        reduce(Meeting.Table.CALLS, Offer.sum(what, values, offset, length), Wire.FLOAT32);
    }

    @Override
    public Pending allReduceAsync(String what, Wire wire, float[] values, int offset, int length) {
        Offer offer = Offer.sum(what, values, offset, length);
        return background.submit(() -> reduce(Meeting.Table.BACKGROUND, offer, size() == 1 ? Wire.FLOAT32 : wire));
    }

    private void reduce(Meeting.Table table, Offer offer, Wire wire) {
        int length = offer.call().length();
        wire.round(offer.floats(), offer.offset(), length);
        if (length > SHORT) {
            Offer[] offers = meeting.meet(rank, table, offer);
            sum(offers, new Chunk(chunk(length, rank), chunk(length, rank + 1), wire), offers);
            meeting.meet(rank, table, Offer.end(offer.call().what()));
        } else {
            float[] mine = new float[length];
            System.arraycopy(offer.floats(), offer.offset(), mine, 0, length);
            Offer[] offers = meeting.meet(rank, table, Offer.sum(offer.call().what(), mine, 0, length));
            sum(offers, new Chunk(0, length, wire), new Offer[] {offer});
        }
    }

    private int chunk(int length, int index) {
        int edge = (int) ((long) length * index / size());
        return index == size() ? length : edge / LINE * LINE;
    }

    /** Elements from .. to-1 of a sum. */
    private record Chunk(int from, int to, Wire wire) {}

    /** Sums that chunk of all {@code parts} in rank order and writes it to all {@code targets}. */
    private static void sum(Offer[] parts, Chunk chunk, Offer[] targets) {
        float[] block = new float[Math.min(BLOCK, chunk.to() - chunk.from())];
        for (int start = chunk.from(); start < chunk.to(); start += BLOCK) {
            int length = Math.min(BLOCK, chunk.to() - start);
            System.arraycopy(parts[0].floats(), parts[0].offset() + start, block, 0, length);
            for (int part = 1; part < parts.length; part++) {
                add(parts[part].floats(), parts[part].offset() + start, block, length);
            }
            chunk.wire().round(block, 0, length);
            for (Offer target : targets) {
                System.arraycopy(block, 0, target.floats(), target.offset() + start, length);
            }
        }
    }

    private static void add(float[] source, int offset, float[] target, int length) {
        for (int i = 0; i < length; i++) {
            target[i] += source[offset + i];
        }
    }

    @Override
    public double[][] allGather(String what, double[] mine) {
        Offer[] offers = meeting.meet(rank, Offer.gather(what, mine));
        double[][] all = new double[offers.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = offers[i].doubles().clone();
        }
        return all;
    }

    @Override
    public void broadcast(String what, int root, float[] values, int offset, int length) {
        Offer[] offers = meeting.meet(rank, Offer.broadcast(what, root, values, offset, length));
        if (rank != root) {
            System.arraycopy(offers[root].floats(), offers[root].offset(), values, offset, length);
        }
        meeting.meet(rank, Offer.end(what));
    }

    @Override
    public void abort(Throwable cause) {
        String said = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        meeting.breakUp("rank %d gave up: %s".formatted(rank, said), Optional.of(cause));
    }

    @Override
    public void close() {
        onClose.run();
        background.close();
    }
}
