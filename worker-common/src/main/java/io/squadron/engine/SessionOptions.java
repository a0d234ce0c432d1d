package io.squadron.engine;

import io.squadron.model.Freeze;

/**
 * How a session computes.
 *
 * @param freeze what is not trained
 * @param normalisation from 0..255 to what the network expects, for images of bytes
 * @param loss what training makes small
 * @param peers the others of its group
 * @param seed of dropout
 */
public record SessionOptions(
        Compute compute, Freeze freeze, Normalisation normalisation, Loss loss, Peers peers, long seed) {
    /** One thread, float32, nothing frozen, bytes mapped to 0..1, plain cross-entropy, own statistics, seed 0. */
    public static SessionOptions plain() {
        return new SessionOptions(Compute.plain(), Freeze.none(), Normalisation.unit(3), Loss.plain(), Peers.none(), 0);
    }

    public int threads() {
        return compute.threads();
    }

    public NormSync normSync() {
        return peers.normSync();
    }

    public SessionOptions withThreads(int count) {
        return with(new Compute(count, compute.precision()));
    }

    public SessionOptions withPrecision(Precision precision) {
        return with(new Compute(compute.threads(), precision));
    }

    public SessionOptions with(Compute other) {
        return new SessionOptions(other, freeze, normalisation, loss, peers, seed);
    }

    public SessionOptions withFreeze(Freeze other) {
        return new SessionOptions(compute, other, normalisation, loss, peers, seed);
    }

    public SessionOptions withNormalisation(Normalisation other) {
        return new SessionOptions(compute, freeze, other, loss, peers, seed);
    }

    public SessionOptions withLoss(Loss other) {
        return new SessionOptions(compute, freeze, normalisation, other, peers, seed);
    }

    public SessionOptions withNormSync(NormSync other) {
        return with(new Peers(other, peers.gradients()));
    }

    public SessionOptions withGradients(GradientListener other) {
        return with(new Peers(peers.normSync(), other));
    }

    public SessionOptions with(Peers other) {
        return new SessionOptions(compute, freeze, normalisation, loss, other, seed);
    }

    public SessionOptions withSeed(long other) {
        return new SessionOptions(compute, freeze, normalisation, loss, peers, other);
    }
}
