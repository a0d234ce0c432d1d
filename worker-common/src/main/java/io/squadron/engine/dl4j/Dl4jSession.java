package io.squadron.engine.dl4j;

import io.squadron.engine.Batch;
import io.squadron.engine.BrokenNumbers;
import io.squadron.engine.Entrance;
import io.squadron.engine.Images;
import io.squadron.engine.MomentsListener;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.engine.StepResult;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;

/** A session whose work is done by a {@link Network} on a thread of the session's own. */
final class Dl4jSession implements Session {
    private final ModelSpec spec;
    private final Weights weights;
    private final float[] gradient;
    private final Entrance entrance;
    private final SessionThread thread;
    private final Network network;
    private float[] pixels = new float[0];

    Dl4jSession(ModelSpec spec, Weights weights, SessionOptions options) {
        this.spec = spec;
        this.weights = weights;
        this.gradient = new float[weights.values().length];
        this.entrance = new Entrance(spec, options.normalisation());
        this.thread = new SessionThread("dl4j " + spec.architecture());
        try {
            this.network = thread.call(() -> new Network(spec, weights, gradient, options));
        } catch (RuntimeException | Error e) {
            thread.close();
            throw e;
        }
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public float[] gradient() {
        return gradient;
    }

    @Override
    public StepResult step(Batch batch) {
        entrance.admit(batch);
        if (batch.count() == 0) {
            return thread.call(network::stepWithoutSamples);
        }
        float[] values = read(batch.images(), 0, batch.count());
        BrokenNumbers.require(weights);
        return thread.call(() -> network.step(values, batch.targets(), batch.place()));
    }

    @Override
    public float[] infer(Images images) {
        return features(images, spec.output().name());
    }

    @Override
    public float[] features(Images images, String node) {
        return entrance.evaluate(images, node, (first, count, all, at) -> {
            float[] values = read(images, first, count);
            float[] some = thread.call(() -> network.evaluate(values, count, node));
            System.arraycopy(some, 0, all, at, some.length);
        });
    }

    @Override
    public void observe(Images images, MomentsListener listener) {
        entrance.admit(images);
        float[] values = read(images, 0, images.count());
        thread.call(() -> {
            network.observe(values, images.count(), listener);
            return true;
        });
    }

    /** The same array at every call, at least as long as needed. */
    private float[] read(Images images, int first, int count) {
        int length = Math.multiplyExact(count, spec.input().elements());
        if (pixels.length < length) {
            pixels = new float[length];
        }
        entrance.input().write(images, first, count, pixels);
        return pixels;
    }

    @Override
    public void close() {
        if (!entrance.close()) {
            return;
        }
        try {
            thread.call(() -> {
                network.close();
                return true;
            });
        } finally {
            thread.close();
        }
    }
}
