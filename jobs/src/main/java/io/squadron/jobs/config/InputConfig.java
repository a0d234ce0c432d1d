package io.squadron.jobs.config;

import io.squadron.image.Interpolation;
import java.io.Serializable;
import java.util.List;

/** What the network is shown: edges in pixels. */
public record InputConfig(
        int size,
        int resize,
        Interpolation interpolation,
        Normalisation normalisation,
        Bytes cacheMemory,
        Bytes cacheDisk)
        implements Checked, Serializable {
    /** Whose means and deviations of the channels are used. */
    public enum Normalisation {
        DATASET,
        IMAGENET,
        PRETRAINED
    }

    @Override
    public void check(Checks checks) {
        checks.atLeast("size", size, 1);
        checks.atLeast("resize", resize, 1);
        checks.together(resize >= size, List.of("resize", "size"), "resize to be at least size");
    }
}
