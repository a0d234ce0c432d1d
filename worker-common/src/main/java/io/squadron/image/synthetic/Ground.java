package io.squadron.image.synthetic;

import io.squadron.random.RandomStream;

/**
 * What lies under a scene: a gradient between two muted colours, uneven by smooth noise.
 *
 * @param lattice light at the corners of a grid. // [CELLS + 1, CELLS + 1]
 */
record Ground(Colour from, Colour to, double[] lattice) {
    private static final int CELLS = 7;

    static Ground random(RandomStream random) {
        double[] lattice = new double[(CELLS + 1) * (CELLS + 1)];
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = random.between(0.75, 1.1);
        }
        Colour from = Colour.random(random, random.between(0.1, 0.4), random.between(0.35, 0.85));
        Colour to = Colour.random(random, random.between(0.1, 0.4), random.between(0.35, 0.85));
        return new Ground(from, to, lattice);
    }

    Colour at(double x, double y) {
        double column = x * CELLS;
        double row = y * CELLS;
        int corner = ((int) row) * (CELLS + 1) + ((int) column);
        double right = smooth(column - Math.floor(column));
        double low = smooth(row - Math.floor(row));
        double upper = lattice[corner] + (lattice[corner + 1] - lattice[corner]) * right;
        double lower =
                lattice[corner + CELLS + 1] + (lattice[corner + CELLS + 2] - lattice[corner + CELLS + 1]) * right;
        return from.towards(to, (x + y) / 2).times(upper + (lower - upper) * low);
    }

    private static double smooth(double share) {
        return share * share * (3 - 2 * share);
    }
}
