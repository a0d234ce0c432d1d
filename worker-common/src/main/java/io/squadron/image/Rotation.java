package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Turns the image about its middle by an angle uniform in [-degrees, degrees], positive to the left, as torchvision's
 * RandomRotation; sampled bilinearly. The point (x, y) from the middle shows what lay at (x cos - y sin, x sin + y cos).
 * Edges: {@link Edge#REPEAT}.
 *
 * @param degrees 0 to 180
 */
public record Rotation(double degrees) implements Geometric {
    private static final long serialVersionUID = 1L;

    public Rotation {
        Limits.within("an angle of", degrees, 0, 180);
    }

    @Override
    public Homography draw(Size size, RandomStream random) {
        return turn(random.between(-degrees, degrees)).about(size);
    }

    static Homography turn(double degrees) {
        double angle = StrictMath.toRadians(degrees);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return Homography.affine(cos, -sin, sin, cos);
    }
}
