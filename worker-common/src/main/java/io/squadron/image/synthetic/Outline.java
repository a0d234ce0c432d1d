package io.squadron.image.synthetic;

/**
 * The classes: shapes of radius about 1, each by its signed distance, negative inside. The distances of the polygons are exact
 * on the edges and good enough near them, which is all that antialiasing asks for.
 */
enum Outline {
    CIRCLE {
        @Override
        double distance(double x, double y) {
            return Math.hypot(x, y) - 0.85;
        }
    },
    CROSS {
        @Override
        double distance(double x, double y) {
            double across = Math.max(Math.abs(x) - 0.95, Math.abs(y) - 0.32);
            double down = Math.max(Math.abs(x) - 0.32, Math.abs(y) - 0.95);
            return Math.min(across, down);
        }
    },
    RING {
        @Override
        double distance(double x, double y) {
            return Math.abs(Math.hypot(x, y) - 0.7) - 0.22;
        }
    },
    SQUARE {
        @Override
        double distance(double x, double y) {
            return Math.max(Math.abs(x), Math.abs(y)) - 0.72;
        }
    },
    STAR {
        @Override
        double distance(double x, double y) {
            double sector = 2 * Math.PI / 5;
            double angle = StrictMath.atan2(x, y);
            double folded = Math.abs(angle - sector * Math.rint(angle / sector));
            double radius = Math.hypot(x, y);
            double along = radius * StrictMath.cos(folded);
            double beside = radius * StrictMath.sin(folded);
            // The edge from the tip (1, 0) to the notch between two tips, in the folded half sector.
            return ((along - 1) * NOTCH_Y - beside * (NOTCH_X - 1)) / Math.hypot(NOTCH_X - 1, NOTCH_Y);
        }
    },
    TRIANGLE {
        @Override
        double distance(double x, double y) {
            double side = 0.8660254037844386 * Math.abs(x) - 0.5 * y;
            return Math.max(side, y) - 0.48;
        }
    };

    private static final double NOTCH = 0.45;
    private static final double NOTCH_X = NOTCH * StrictMath.cos(Math.PI / 5);
    private static final double NOTCH_Y = NOTCH * StrictMath.sin(Math.PI / 5);

    abstract double distance(double x, double y);
}
