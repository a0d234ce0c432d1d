package io.squadron.diagnosis;

import io.squadron.random.RandomStream;

/**
 * Principal components of points by orthogonal iteration (Golub and Van Loan, Matrix Computations, 8.2.4) on a few more
 * directions than are asked for, with a rotation within them (Rayleigh and Ritz) at each turn, until they no longer turn.
 * Deterministic; each direction is signed so that its largest element is positive.
 */
public final class Pca {
    private static final int SPARE = 6;
    private static final int MOST_TURNS = 300;
    private static final double STILL = 1e-10;

    private Pca() {}

    /**
     * Places on the first {@code dimensions} components, the one of largest variance first.
     *
     * @param points // [count][features]
     * @return // [count][dimensions]; of a direction in which nothing varies, zeros
     */
    public static double[][] project(double[][] points, int dimensions) {
        double[][] centred = centred(points);
        int features = centred[0].length;
        int width = Math.min(Math.min(features, points.length), dimensions + SPARE);
        double[][] basis = new double[width][features];
        RandomStream random = RandomStream.of(0, "principal components");
        for (double[] direction : basis) {
            for (int f = 0; f < features; f++) {
                direction[f] = random.nextGaussian();
            }
        }
        orthonormalise(basis);
        double[] last = new double[width];
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            double[][] images = times(centred, basis);
            double[] values = Jacobi.rotate(basis, Jacobi.gram(images));
            if (still(values, last, Math.min(width, dimensions))) {
                break;
            }
            last = values;
            basis = transposedTimes(centred, times(centred, basis), width);
            orthonormalise(basis);
        }
        return placed(centred, basis, dimensions);
    }

    private static boolean still(double[] values, double[] last, int count) {
        for (int i = 0; i < count; i++) {
            if (Math.abs(values[i] - last[i]) > STILL * values[0]) {
                return false;
            }
        }
        return true;
    }

    private static double[][] placed(double[][] centred, double[][] basis, int dimensions) {
        double[][] all = times(centred, basis);
        double[][] placed = new double[centred.length][dimensions];
        for (int d = 0; d < Math.min(dimensions, basis.length); d++) {
            double sign = sign(basis[d]);
            for (int i = 0; i < placed.length; i++) {
                placed[i][d] = sign * all[i][d];
            }
        }
        return placed;
    }

    private static double sign(double[] direction) {
        double largest = 0;
        for (double each : direction) {
            largest = Math.abs(each) > Math.abs(largest) ? each : largest;
        }
        return largest < 0 ? -1 : 1;
    }

    private static double[][] centred(double[][] points) {
        int features = points[0].length;
        double[] mean = new double[features];
        for (double[] point : points) {
            for (int f = 0; f < features; f++) {
                mean[f] += point[f] / points.length;
            }
        }
        double[][] centred = new double[points.length][features];
        for (int i = 0; i < points.length; i++) {
            for (int f = 0; f < features; f++) {
                centred[i][f] = points[i][f] - mean[f];
            }
        }
        return centred;
    }

    /** // [count][width] */
    private static double[][] times(double[][] points, double[][] basis) {
        double[][] result = new double[points.length][basis.length];
        for (int i = 0; i < points.length; i++) {
            for (int k = 0; k < basis.length; k++) {
                result[i][k] = dot(points[i], basis[k]);
            }
        }
        return result;
    }

    /** // [width][features] */
    private static double[][] transposedTimes(double[][] points, double[][] images, int width) {
        double[][] result = new double[width][points[0].length];
        for (int i = 0; i < points.length; i++) {
            for (int k = 0; k < width; k++) {
                add(result[k], points[i], images[i][k]);
            }
        }
        return result;
    }

    /** Gram and Schmidt, twice, so that rounding leaves nothing; a direction without length stays zero. */
    private static void orthonormalise(double[][] basis) {
        for (int k = 0; k < basis.length; k++) {
            double before = Math.sqrt(dot(basis[k], basis[k]));
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < k; j++) {
                    add(basis[k], basis[j], -dot(basis[k], basis[j]));
                }
            }
            double length = Math.sqrt(dot(basis[k], basis[k]));
            boolean dependent = length <= 1e-12 * before;
            for (int f = 0; f < basis[k].length; f++) {
                basis[k][f] = dependent ? 0 : basis[k][f] / length;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] target, double[] other, double factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * other[i];
        }
    }
}
