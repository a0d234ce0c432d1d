package io.squadron.engine;

import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What every session does before it computes: is it open, does the input fit, are the numbers numbers; and in what portions. */
public final class Entrance {
    /** Pixels of one evaluation pass: bounds its memory, whatever the number of images. */
    private static final int PIXELS_AT_ONCE = 1 << 20;

    private static final int IMAGES_AT_ONCE = 128;

    private final ModelSpec spec;
    private final Map<String, Shape> shapes;
    private final int classes;
    private final NetworkInput input;
    private boolean closed;

    /** Fails, naming the layer, if the network does not fit its image. */
    public Entrance(ModelSpec spec, Normalisation normalisation) {
        this.spec = spec;
        this.shapes = spec.shapes();
        this.classes = spec.classes();
        this.input = new NetworkInput(spec.input(), normalisation);
    }

    /** A pass in evaluation mode over a portion of some images. */
    @FunctionalInterface
    public interface Portion {
        /** Puts what images first .. first + count - 1 give into {@code all}, from element {@code at} on. */
        void evaluate(int first, int count, float[] all, int at);
    }

    /** Lets a batch in for a step, or says what is wrong with it. */
    public void admit(Batch batch) {
        requireOpen();
        if (batch.count() > 0) {
            input.require(batch.images());
            batch.targets().require(classes);
            BrokenNumbers.require(batch.images());
        }
    }

    /** Lets images in, or says what is wrong with them. */
    public void admit(Images images) {
        requireOpen();
        input.require(images);
        BrokenNumbers.require(images);
    }

    /** What leaves {@code node} for all {@code images}, computed portion by portion. */
    public float[] evaluate(Images images, String node, Portion portion) {
        requireOpen();
        int size = shapes.get(spec.node(node).name()).elements();
        input.require(images);
        float[] all = new float[Math.multiplyExact(images.count(), size)];
        int first = 0;
        for (int count : portions(images.count())) {
            portion.evaluate(first, count, all, first * size);
            first += count;
        }
        return all;
    }

    /** How many images of that size an evaluation takes in one pass: batches of so many are computed best. */
    public static int atOnce(Shape input) {
        return Math.max(1, Math.min(IMAGES_AT_ONCE, PIXELS_AT_ONCE / (input.height() * input.width())));
    }

    /** In what portions {@code count} images are evaluated; fails if the session is closed. */
    public List<Integer> portions(int count) {
        requireOpen();
        int atOnce = atOnce(spec.input());
        List<Integer> portions = new ArrayList<>();
        for (int first = 0; first < count; first += atOnce) {
            portions.add(Math.min(atOnce, count - first));
        }
        return portions;
    }

    /** The images as float32, for engines that want them so. */
    public NetworkInput input() {
        return input;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("Cannot compute %s: its session is closed".formatted(spec.architecture()));
        }
    }

    /** Lets nobody in any more; false if it was so already. */
    public boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
