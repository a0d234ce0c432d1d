package io.squadron.engine.dl4j;

import io.squadron.engine.Batch;
import io.squadron.engine.CrossEntropy;
import io.squadron.engine.Images;
import io.squadron.engine.NetworkInput;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.engine.StepResult;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;

/** A session whose work is done by a {@link Network} on a thread of the session's own. */
final class Dl4jSession implements Session {
    /** Pixels of one evaluation pass: bounds its memory, whatever the number of images. */
    private static final int PIXELS_AT_ONCE = 1 << 20;

    private static final int IMAGES_AT_ONCE = 128;

    private final ModelSpec spec;
    private final int classes;
    private final Weights weights;
    private final float[] gradient;
    private final NetworkInput input;
    private final SessionThread thread;
    private final Network network;
    private float[] pixels = new float[0];
    private boolean closed;

    Dl4jSession(ModelSpec spec, Weights weights, SessionOptions options) {
        this.spec = spec;
        this.classes = spec.classes();
        this.weights = weights;
        this.gradient = new float[weights.values().length];
        this.input = new NetworkInput(spec.input(), options.normalisation());
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
        requireOpen();
        if (batch.count() == 0) {
            return thread.call(network::stepWithoutSamples);
        }
        input.require(batch.images());
        CrossEntropy.requireLabels(batch.labels(), classes);
        float[] values = read(batch.images(), 0, batch.count());
        return thread.call(() -> network.step(values, batch.labels(), batch.place()));
    }

    @Override
    public float[] infer(Images images) {
        return features(images, spec.output().name());
    }

    @Override
    public float[] features(Images images, String node) {
        requireOpen();
        int size = spec.shapes().get(spec.node(node).name()).elements();
        input.require(images);
        float[] all = new float[Math.multiplyExact(images.count(), size)];
        int area = spec.input().height() * spec.input().width();
        int atOnce = Math.max(1, Math.min(IMAGES_AT_ONCE, PIXELS_AT_ONCE / area));
        for (int first = 0; first < images.count(); first += atOnce) {
            int count = Math.min(atOnce, images.count() - first);
            float[] values = read(images, first, count);
            float[] some = thread.call(() -> network.evaluate(values, count, node));
            System.arraycopy(some, 0, all, first * size, some.length);
        }
        return all;
    }

    /** The same array at every call, at least as long as needed. */
    private float[] read(Images images, int first, int count) {
        int length = Math.multiplyExact(count, spec.input().elements());
        if (pixels.length < length) {
            pixels = new float[length];
        }
        input.write(images, first, count, pixels);
        return pixels;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("Cannot compute %s: its session is closed".formatted(spec.architecture()));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
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
