package io.squadron.image;

import io.squadron.random.RandomStream;

/** From a bin to the strength of an operation, as the policies of torchvision 0.14 have it. */
enum Strengths {
    RAND_AUGMENT(31, 0.3, 30, 0.9) {
        @Override
        double translation(int side) {
            return 150.0 / 331 * side;
        }

        @Override
        double bits(double share) {
            return 8 - Math.rint(share * 4);
        }
    },
    TRIVIAL_AUGMENT(31, 0.99, 135, 0.99) {
        @Override
        double translation(int side) {
            return 32;
        }

        @Override
        double bits(double share) {
            return 8 - Math.rint(share * 6);
        }
    },
    AUG_MIX(10, 0.3, 30, 0.9) {
        @Override
        double translation(int side) {
            return side / 3.0;
        }

        @Override
        double bits(double share) {
            return 4 - Math.rint(share * 4);
        }
    };

    private final int bins;
    private final double shear;
    private final double degrees;
    private final double blend;

    Strengths(int bins, double shear, double degrees, double blend) {
        this.bins = bins;
        this.shear = shear;
        this.degrees = degrees;
        this.blend = blend;
    }

    int bins() {
        return bins;
    }

    /** Largest shift along a side, in pixels. */
    abstract double translation(int side);

    /** Bits that posterizing keeps. */
    abstract double bits(double share);

    /** The strength of bin {@code bin}, which grows evenly from nothing at 0; in a direction drawn at random if it has one. */
    double draw(Operation operation, int bin, Size size, RandomStream random) {
        double share = (double) bin / (bins - 1);
        return switch (operation) {
            case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
            case POSTERIZE -> bits(share);
            case SOLARIZE -> 255 * (1 - share);
            default -> random.chance(0.5) ? -largest(operation, size) * share : largest(operation, size) * share;
        };
    }

    private double largest(Operation operation, Size size) {
        return switch (operation) {
            case SHEAR_X, SHEAR_Y -> shear;
            case TRANSLATE_X -> translation(size.width());
            case TRANSLATE_Y -> translation(size.height());
            case ROTATE -> degrees;
            default -> blend;
        };
    }
}
