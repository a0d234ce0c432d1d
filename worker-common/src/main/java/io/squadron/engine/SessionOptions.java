package io.squadron.engine;

import io.squadron.model.Freeze;

/**
 * How a session computes.
 *
 * @param threads cores it may use
 * @param freeze what is not trained
 * @param normalisation from 0..255 to what the network expects, for images of bytes
 * @param labelSmoothing share e of the target spread over all classes: (1 - e) on the label plus e / classes on each
 * @param normSync whose samples batch norm looks at in training
 */
public record SessionOptions(
        int threads, Freeze freeze, Normalisation normalisation, float labelSmoothing, NormSync normSync) {
    /** One thread, nothing frozen, bytes mapped to 0..1, no smoothing, own statistics. */
    public static SessionOptions plain() {
        return new SessionOptions(1, Freeze.none(), Normalisation.unit(3), 0f, NormSync.local());
    }

    public SessionOptions withThreads(int count) {
        return new SessionOptions(count, freeze, normalisation, labelSmoothing, normSync);
    }

    public SessionOptions withFreeze(Freeze other) {
        return new SessionOptions(threads, other, normalisation, labelSmoothing, normSync);
    }

    public SessionOptions withNormalisation(Normalisation other) {
        return new SessionOptions(threads, freeze, other, labelSmoothing, normSync);
    }

    public SessionOptions withLabelSmoothing(float share) {
        return new SessionOptions(threads, freeze, normalisation, share, normSync);
    }

    public SessionOptions withNormSync(NormSync other) {
        return new SessionOptions(threads, freeze, normalisation, labelSmoothing, other);
    }
}
