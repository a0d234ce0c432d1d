package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.engine.Moments;
import io.squadron.engine.NormSync;

/**
 * The batch-norm exchange of a session that outlives its rounds: each round brings a new collective. Counts the time
 * spent waiting.
 */
final class RoundNormSync implements NormSync {
    private final boolean alone;
    private NormSync current = NormSync.local();
    private long waitedNanos;

    RoundNormSync(Synchronisation sync) {
        this.alone = sync.replicas() == 1 || sync.batchNorm() != Synchronisation.BatchNormMode.EXACT;
    }

    @Override
    public Scope scope() {
        return alone ? Scope.OWN : Scope.GROUP;
    }

    void enter(Collective collective) {
        current = alone ? NormSync.local() : NormSync.exact(collective);
    }

    /** Nanoseconds waited since the last call. */
    long takeWaitedNanos() {
        long waited = waitedNanos;
        waitedNanos = 0;
        return waited;
    }

    @Override
    public Moments statistics(String node, Moments mine) {
        long start = System.nanoTime();
        Moments merged = current.statistics(node, mine);
        waitedNanos += System.nanoTime() - start;
        return merged;
    }

    @Override
    public double[] sums(String node, double[] mine) {
        long start = System.nanoTime();
        double[] summed = current.sums(node, mine);
        waitedNanos += System.nanoTime() - start;
        return summed;
    }
}
