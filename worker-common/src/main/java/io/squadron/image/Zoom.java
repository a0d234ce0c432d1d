package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Enlarges the image about its middle by a factor uniform in [low, high], below 1 shrinks it; sampled bilinearly. Edges:
 * {@link Edge#REPEAT}. Simonyan and Zisserman 2014 (arXiv:1409.1556, section 3.1) jitter scales so.
 *
 * @param low 0.25 to 4
 * @param high {@code low} to 4
 */
public record Zoom(double low, double high) implements Geometric {
    private static final long serialVersionUID = 1L;

    public Zoom {
        Limits.interval("zoom", low, high, 0.25, 4);
    }

    @Override
    public Homography draw(Size size, RandomStream random) {
        double scale = 1 / random.between(low, high);
        return Homography.affine(scale, 0, 0, scale).about(size);
    }
}
