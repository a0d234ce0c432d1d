package io.squadron.image;

/**
 * How pixels between pixels are found. Both widen with the ratio when an image shrinks, so that it has no aliasing; names and
 * formulas as Pillow's.
 */
public enum Interpolation {
    /** A triangle of width 2. */
    BILINEAR(1),
    /** The piecewise cubic of Keys (1981) with a = -1/2, of width 4. */
    BICUBIC(2);

    private static final double A = -0.5;

    private final double support;

    Interpolation(double support) {
        this.support = support;
    }

    /** How far it reaches, in pixels. */
    double support() {
        return support;
    }

    double weight(double distance) {
        double x = Math.abs(distance);
        return switch (this) {
            case BILINEAR -> Math.max(0, 1 - x);
            case BICUBIC -> cubic(x);
        };
    }

    private static double cubic(double x) {
        if (x < 1) {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }
}
