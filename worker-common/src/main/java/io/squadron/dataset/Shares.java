package io.squadron.dataset;

/**
 * Who takes which positions of an epoch. Steps cut the epoch into global batches, ranks cut a global batch into
 * contiguous shares: joined in rank order, the shares are the same sequence at any number of replicas.
 */
public final class Shares {
    private Shares() {}

    /** What all replicas together take in step {@code step} of an epoch: [step * G, min(n, (step + 1) * G)). */
    public static Share ofStep(long step, int globalBatch, long samples) {
        long first = Math.min(samples, Math.multiplyExact(step, (long) globalBatch));
        return new Share(first, Math.min(samples, first + globalBatch));
    }

    /** What {@code rank} of {@code size} takes of {@code whole}: sizes differ by at most one, and may be zero. */
    public static Share ofRank(Share whole, int rank, int size) {
        if (rank < 0 || rank >= size) {
            throw new IllegalArgumentException("Cannot share for rank %d of %d replicas".formatted(rank, size));
        }
        long length = whole.size();
        return new Share(whole.first() + length * rank / size, whole.first() + length * (rank + 1) / size);
    }
}
