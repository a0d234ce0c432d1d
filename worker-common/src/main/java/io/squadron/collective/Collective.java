package io.squadron.collective;

/**
 * The meeting point of the replicas of one round. All ranks make the same calls in the same order; {@code what} names the
 * exchange ("gradient", "batch norm layer1.0.bn1 forward"), is compared between ranks, and stands in every error. One
 * thread per rank. All calls block; they fail with a {@link io.squadron.failure.Failure} of kind REPLICA when a rank
 * does not come before the deadline, was aborted, or is at another exchange.
 */
public interface Collective extends AutoCloseable {
    int rank();

    int size();

    /** values[offset .. offset+length) becomes the sum over ranks 0, 1, 2, ..., added in that order in float32. */
    void allReduce(String what, float[] values, int offset, int length);

    /**
     * Begins a sum as {@link #allReduce} makes it, which goes on while the caller does other things, other exchanges
     * included. Asynchronous sums are made in the order of these calls, which must be the same on all ranks; they keep no
     * order with the other exchanges. The caller leaves the values alone until it has awaited the result.
     */
    default Pending allReduceAsync(String what, float[] values, int offset, int length) {
        return allReduceAsync(what, Wire.FLOAT32, values, offset, length);
    }

    /**
     * Like {@link #allReduceAsync(String, float[], int, int)}, with values that travel by {@code wire}, which must be the
     * same on all ranks. The bits depend on the wire, and not on where the ranks are.
     */
    Pending allReduceAsync(String what, Wire wire, float[] values, int offset, int length);

    /** The vectors of all ranks, by rank; lengths may differ. The caller may keep and change them. */
    double[][] allGather(String what, double[] mine);

    /** values[offset .. offset+length) becomes what rank {@code root} has there. */
    void broadcast(String what, int root, float[] values, int offset, int length);

    /** Returns when every rank has come. */
    default void barrier(String what) {
        allGather(what, new double[0]);
    }

    /** Tells the other ranks that this one cannot go on: their present and later calls fail at once, naming the cause. */
    void abort(Throwable cause);

    @Override
    void close();
}
