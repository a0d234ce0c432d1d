package io.squadron.dataset;

import io.squadron.failure.Failure;
import java.io.Serializable;

/**
 * Which training samples count, how an epoch takes them, and whether it mixes them. An epoch has as many places as samples
 * count.
 *
 * @param draw who gets the places
 * @param repeats how many neighbouring places show the same sample, each changed in its own way ("repeated augmentation",
 *     Hoffer et al. 2019, arXiv:1901.09335); an epoch then shows that part of the samples
 * @param mixing of neighbouring places
 * @param perClass at most so many samples of each class count; 0: all. {@link TrainingSamples} says which
 */
public record Sampling(Draw draw, int repeats, Mixing mixing, int perClass) implements Serializable {
    /** Each sample once in an epoch, as it is. */
    public static final Sampling PLAIN = new Sampling(Draw.EACH_ONCE, 1, Mixing.NONE, 0);

    /** Of all samples. */
    public Sampling(Draw draw, int repeats, Mixing mixing) {
        this(draw, repeats, mixing, 0);
    }

    /** Who gets the places of an epoch. */
    public enum Draw {
        /** Each sample exactly one. */
        EACH_ONCE,
        /** Each class as many, within one; those of small classes come several times, those of large ones not all. */
        CLASS_BALANCED
    }

    public Sampling {
        if (repeats < 1 || repeats > 1024) {
            throw Failure.usage("Cannot repeat samples %d times (expected 1 to 1024)", repeats);
        }
        if (perClass < 0) {
            throw Failure.usage("Cannot train on %d samples of each class (expected 0, for all, or more)", perClass);
        }
    }
}
