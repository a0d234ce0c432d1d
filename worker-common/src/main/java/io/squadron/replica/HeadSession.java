package io.squadron.replica;

import io.squadron.engine.Batch;
import io.squadron.engine.Engines;
import io.squadron.engine.GradientListener;
import io.squadron.engine.Images;
import io.squadron.engine.MomentsListener;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Peers;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.engine.StepResult;
import io.squadron.model.ModelSpec;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session of the upper part of a network that looks from outside like one of the whole: weights and gradient are laid out
 * as the whole's. It takes what leaves the frozen body below in the place of images.
 */
final class HeadSession implements Session {
    private final Weights whole;
    private final float[] gradient;
    private final Weights head;
    /** Slices of the whole by those of the head. */
    private final Map<Slice, Slice> places;

    private final Session session;

    private HeadSession(String engine, ModelSpec upper, Weights whole, SessionOptions options) {
        this.whole = whole;
        this.gradient = new float[whole.values().length];
        this.head = Weights.zeros(upper.layout());
        this.places = new LinkedHashMap<>();
        for (Slice slice : upper.layout().slices()) {
            places.put(slice, whole.layout().slice(slice.name()));
        }
        fetch();
        GradientListener outside = options.peers().gradients();
        GradientListener copying = slice -> {
            Slice place = places.get(slice);
            System.arraycopy(innerGradient(), slice.offset(), gradient, place.offset(), slice.length());
            outside.ready(place);
        };
        this.session = Engines.named(engine)
                .open(
                        upper,
                        head,
                        options.with(new Peers(options.normSync(), copying))
                                .withNormalisation(none(upper.input().channels())));
    }

    /**
     * Opens one.
     *
     * @param upper the part that is computed, see {@link io.squadron.model.FrozenBody#above}
     * @param whole live weights of the whole network
     * @param options of the whole network
     */
    static Session open(String engine, ModelSpec upper, Weights whole, SessionOptions options) {
        return new HeadSession(engine, upper, whole, options);
    }

    private float[] innerGradient() {
        return session.gradient();
    }

    /** Features are numbers already. */
    private static Normalisation none(int channels) {
        return new Normalisation(Collections.nCopies(channels, 0f), Collections.nCopies(channels, 1f));
    }

    private void fetch() {
        places.forEach((own, place) ->
                System.arraycopy(whole.values(), place.offset(), head.values(), own.offset(), own.length()));
    }

    /** A step moves running statistics; all else is the optimiser's. */
    private void giveBackStatistics() {
        places.forEach((own, place) -> {
            if (!own.role().learned()) {
                System.arraycopy(head.values(), own.offset(), whole.values(), place.offset(), own.length());
            }
        });
    }

    @Override
    public Weights weights() {
        return whole;
    }

    @Override
    public float[] gradient() {
        return gradient;
    }

    @Override
    public StepResult step(Batch batch) {
        fetch();
        StepResult result = session.step(batch);
        giveBackStatistics();
        return result;
    }

    @Override
    public float[] infer(Images images) {
        fetch();
        return session.infer(images);
    }

    @Override
    public float[] features(Images images, String node) {
        fetch();
        return session.features(images, node);
    }

    @Override
    public void observe(Images images, MomentsListener listener) {
        fetch();
        session.observe(images, listener);
    }

    @Override
    public void close() {
        session.close();
    }
}
