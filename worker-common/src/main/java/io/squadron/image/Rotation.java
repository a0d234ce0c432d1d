package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Turns the image about its middle by an angle uniform in [-degrees, degrees], sampled bilinearly; pixels that come in from
 * outside repeat the nearest edge.
 */
public record Rotation(double degrees) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public Rotation {
        Limits.within("an angle of", degrees, 0, 180);
    }

    @Override
    public Image apply(Image image, RandomStream random) {
        double angle = StrictMath.toRadians(random.between(-degrees, degrees));
        return Affine.about(image, StrictMath.cos(angle), StrictMath.sin(angle));
    }
}
