package io.squadron.driver.transport;

import io.squadron.collective.Call;
import io.squadron.collective.Collective;
import io.squadron.collective.Pending;
import io.squadron.collective.Wire;
import java.util.Objects;
import java.util.Optional;

/**
 * The collective of replicas in several processes. Gathers and vectors of up to {@link #SHORT} values are one message from
 * each rank to each other; longer ones are cut into pieces, see {@link BulkSum}. A wait is too long when nothing has come
 * from those waited for within the deadline.
 */
final class NetworkCollective implements Collective {
    /** Up to this length one exchange is faster than two, though each rank gets all vectors. */
    static final int SHORT = 8192;

    private final Group group;
    private final Runnable onClose;
    private final Buckets buckets = new Buckets();
    private int calls;
    private int sums;

    NetworkCollective(Group group, Runnable onClose) {
        this.group = group;
        this.onClose = onClose;
    }

    @Override
    public int rank() {
        return group.own().rank();
    }

    @Override
    public int size() {
        return group.own().size();
    }

    @Override
    public void allReduce(String what, float[] values, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, values.length);
        Turn turn = nextCall();
        sum(turn, Call.sum(what, length), group.wire(), values, offset, () -> {})
                .begin()
                .await();
    }

    @Override
    public Pending allReduceAsync(String what, float[] values, int offset, int length) {
        return allReduceAsync(what, group.wire(), values, offset, length);
    }

    @Override
    public Pending allReduceAsync(String what, Wire wire, float[] values, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, values.length);
        Turn turn = new Turn(Turn.Sequence.BACKGROUND, sums++);
        return buckets.submit(sum(turn, Call.sum(what, length), wire, values, offset, buckets::next));
    }

    private Running sum(Turn turn, Call call, Wire asked, float[] values, int offset, Runnable whenOver) {
        Wire wire = size() == 1 ? Wire.FLOAT32 : asked;
        boolean brief = call.length() <= SHORT || size() == 1;
        Offer offer =
                brief ? ShortSum.offer(call, values, offset, wire) : new Offer(call, Offer.NO_FLOATS, Offer.NO_DOUBLES);
        Work work =
                brief ? new ShortSum(values, offset, wire) : new BulkSum(group, wire, values, offset, call.length());
        return group.register(new Running(group, turn, offer, work, whenOver));
    }

    private Turn nextCall() {
        return new Turn(Turn.Sequence.CALLS, calls++);
    }

    @Override
    public double[][] allGather(String what, double[] mine) {
        Gather gather = new Gather();
        Offer offer = new Offer(Call.gather(what), Offer.NO_FLOATS, mine.clone());
        call(offer, gather);
        return gather.vectors();
    }

    @Override
    public void broadcast(String what, int root, float[] values, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, values.length);
        Objects.checkIndex(root, size());
        Call call = Call.broadcast(what, root, length);
        if (length <= SHORT || size() == 1) {
            call(ShortBroadcast.offer(call, rank(), values, offset), new ShortBroadcast(values, offset));
        } else {
            call(
                    new Offer(call, Offer.NO_FLOATS, Offer.NO_DOUBLES),
                    new BulkBroadcast(group, root, values, offset, length));
        }
    }

    private void call(Offer offer, Work work) {
        group.register(new Running(group, nextCall(), offer, work, () -> {}))
                .begin()
                .await();
    }

    @Override
    public void abort(Throwable cause) {
        String said = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        group.breakUp("rank %d gave up: %s".formatted(rank(), said), Optional.of(cause));
        group.awaitTold();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
