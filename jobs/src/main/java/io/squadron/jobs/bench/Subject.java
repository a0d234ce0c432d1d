package io.squadron.jobs.bench;

import io.squadron.engine.Batch;
import io.squadron.failure.Failure;
import io.squadron.model.Architectures;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.random.RandomStream;

/**
 * What all variants compute.
 *
 * @param architecture a name of the registry
 * @param size edge of the square images, in pixels
 * @param seed of weights, images and labels
 */
public record Subject(String architecture, int size, int classes, Mode mode, Feed feed, long seed) {
    private static final int CHANNELS = 3;

    /** The network; fails where the architecture is unknown or does not fit the size. */
    ModelSpec spec() {
        if (size < 1) {
            throw Failure.usage("Cannot bench on images of %d pixels (expected at least 1)", size);
        }
        ModelSpec spec = Architectures.build(architecture, ModelOptions.of(new Shape(CHANNELS, size, size), classes));
        spec.shapes();
        return spec;
    }

    Batch batch(int count) {
        RandomStream random = RandomStream.of(seed, "bench labels");
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(classes);
        }
        return new Batch(feed.images(count, new Shape(CHANNELS, size, size), seed), labels);
    }
}
