package io.squadron.dataset;

import io.squadron.failure.Failure;
import java.io.Serializable;

/**
 * How an epoch takes its samples, and whether it mixes them. An epoch always has as many places as there are training samples.
 *
 * @param draw who gets the places
 * @param repeats how many neighbouring places show the same sample, each changed in its own way ("repeated augmentation",
 *     Hoffer et al. 2019, arXiv:1901.09335); an epoch then shows that part of the samples
 * @param mixing of neighbouring places
 */
public record Sampling(Draw draw, int repeats, Mixing mixing) implements Serializable {
    /** Each sample once in an epoch, as it is. */
    public static final Sampling PLAIN = new Sampling(Draw.EACH_ONCE, 1, Mixing.NONE);

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
    }
}
