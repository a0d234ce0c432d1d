package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * Slants the image about its middle, rows and columns each by an angle of its own, uniform in [-degrees, degrees]:
 * torchvision's RandomAffine with shear = (-d, d, -d, d). With s = tan of the first angle and t = tan of the second, the
 * point (x, y) from the middle shows what lay at ((1 + s t) x + s y, t x + y). Sampled bilinearly; edges: {@link
 * Edge#REPEAT}.
 *
 * @param degrees 0 to 60
 */
public record Shear(double degrees) implements Geometric {
    private static final long serialVersionUID = 1L;

    public Shear {
        Limits.within("a shear of", degrees, 0, 60);
    }

    @Override
    public Homography draw(Size size, RandomStream random) {
        double rows = random.between(-degrees, degrees);
        return slant(rows, random.between(-degrees, degrees)).about(size);
    }

    static Homography slant(double rows, double columns) {
        double s = StrictMath.tan(StrictMath.toRadians(rows));
        double t = StrictMath.tan(StrictMath.toRadians(columns));
        return Homography.affine(1 + s * t, s, t, 1);
    }
}
