package io.squadron.image.synthetic;

/** What covers a surface; each gives a factor of light between 0 and 1. Coordinates are those of the shape, radius 1. */
enum Texture {
    PLAIN {
        @Override
        double light(double x, double y) {
            return 1;
        }
    },
    STRIPES {
        @Override
        double light(double x, double y) {
            return wave(x * 9);
        }
    },
    CHECKS {
        @Override
        double light(double x, double y) {
            return 0.5 + 2 * (wave(x * 7) - 0.5) * (wave(y * 7) - 0.5);
        }
    },
    DOTS {
        @Override
        double light(double x, double y) {
            return 1 - wave(x * 8) * wave(y * 8);
        }
    };

    abstract double light(double x, double y);

    /** A smooth wave between 0 and 1, without the library's sine: cheap, and the same bits everywhere. */
    private static double wave(double x) {
        double phase = x / (2 * Math.PI) - Math.floor(x / (2 * Math.PI));
        double triangle = Math.abs(2 * phase - 1);
        return triangle * triangle * (3 - 2 * triangle);
    }
}
