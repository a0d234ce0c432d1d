package io.squadron.engine;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * y = (x / 255 - mean) / deviation, channel by channel. Statistics are measured offline, over the training split or by
 * whoever trained the weights; unit: the pixel range as 0..1.
 */
public record Normalisation(List<Float> mean, List<Float> deviation) implements Serializable {
    public Normalisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != deviation.size() || deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new IllegalArgumentException(
                    "Cannot normalise with means %s and deviations %s: one of each per channel, "
                                    .formatted(mean, deviation)
                            + "deviations positive");
        }
    }

    /** Mean 0 and deviation 1: bytes to 0..1. */
    public static Normalisation unit(int channels) {
        Float[] mean = new Float[channels];
        Float[] deviation = new Float[channels];
        Arrays.fill(mean, 0f);
        Arrays.fill(deviation, 1f);
        return new Normalisation(List.of(mean), List.of(deviation));
    }
}
