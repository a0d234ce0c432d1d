package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Enlarges the image about its middle by a factor uniform in [low, high], below 1 shrinks it; sampled bilinearly. Pixels that
 * come in from outside repeat the nearest edge.
 */
public record Zoom(double low, double high) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public Zoom {
        Limits.interval("zoom", low, high, 0.25, 4);
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        return Affine.about(image, 1 / random.between(low, high), 0);
    }
}
