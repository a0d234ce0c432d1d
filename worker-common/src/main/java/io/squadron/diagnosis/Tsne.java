package io.squadron.diagnosis;

import java.util.Arrays;

/**
 * Exact t-SNE to two dimensions (van der Maaten and Hinton, JMLR 9, 2008): neighbours stay neighbours, distances between
 * groups mean nothing. Begins with the first two principal components (Kobak and Berens 2019), so that nothing is random.
 * Time and memory grow with the square of the points: meant for up to about 2000.
 *
 * @param perplexity about how many neighbours count; at most a third of the other points are
 * @param turns of gradient descent
 */
public record Tsne(double perplexity, int turns) {
    private static final int REDUCED = 30;
    private static final double EXAGGERATION = 12;
    private static final double LEAST = 1e-12;
    private static final double START = 1e-4;

    /** As published: perplexity 30; 500 turns, of which the first quarter exaggerated. */
    public static final Tsne STANDARD = new Tsne(30, 500);

    /**
     * Places on the plane.
     *
     * @param points // [count][features]
     * @return // [count][2]
     */
    public double[][] project(double[][] points) {
        double[][] reduced = Pca.project(points, Math.min(REDUCED, points[0].length));
        double[][] y = start(reduced);
        if (points.length < 4) {
            return y;
        }
        double[][] p = Affinities.joint(reduced, Math.min(perplexity, (points.length - 1) / 3.0));
        descend(y, p);
        return y;
    }

    private static double[][] start(double[][] reduced) {
        double squares =
                Arrays.stream(reduced).mapToDouble(each -> each[0] * each[0]).sum();
        double deviation = Math.sqrt(squares / reduced.length);
        double scale = deviation > 0 ? START / deviation : 0;
        double[][] y = new double[reduced.length][2];
        for (int i = 0; i < y.length; i++) {
            y[i][0] = reduced[i][0] * scale;
            y[i][1] = reduced[i].length > 1 ? reduced[i][1] * scale : 0;
        }
        return y;
    }

    /** Momentum, and gains by sign (Jacobs 1988), as published; the rate by the number of points (Belkina et al. 2019). */
    private void descend(double[][] y, double[][] p) {
        double[][] velocity = new double[y.length][2];
        double[][] gains = new double[y.length][2];
        Arrays.stream(gains).forEach(each -> Arrays.fill(each, 1));
        double rate = Math.max(y.length / EXAGGERATION, 50);
        for (int turn = 0; turn < turns; turn++) {
            boolean early = turn < turns / 4;
            double[][] gradient = gradient(y, p, early ? EXAGGERATION : 1);
            double momentum = early ? 0.5 : 0.8;
            for (int i = 0; i < y.length; i++) {
                for (int d = 0; d < 2; d++) {
                    boolean against = gradient[i][d] > 0 != velocity[i][d] > 0;
                    gains[i][d] = Math.max(0.01, against ? gains[i][d] + 0.2 : gains[i][d] * 0.8);
                    velocity[i][d] = momentum * velocity[i][d] - rate * gains[i][d] * gradient[i][d];
                    y[i][d] += velocity[i][d];
                }
            }
        }
    }

    /** 4 sum_j (p_ij - q_ij) (y_i - y_j) / (1 + |y_i - y_j|^2), equation 5. */
    private static double[][] gradient(double[][] y, double[][] p, double exaggeration) {
        int n = y.length;
        double[][] attraction = new double[n][2];
        double[][] repulsion = new double[n][2];
        double total = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double dx = y[i][0] - y[j][0];
                double dy = y[i][1] - y[j][1];
                double near = 1 / (1 + dx * dx + dy * dy);
                total += 2 * near;
                pull(attraction, i, j, p[i][j] * near, dx, dy);
                pull(repulsion, i, j, near * near, dx, dy);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < 2; d++) {
                attraction[i][d] = 4 * (exaggeration * attraction[i][d] - repulsion[i][d] / Math.max(total, LEAST));
            }
        }
        return attraction;
    }

    private static void pull(double[][] sums, int i, int j, double weight, double dx, double dy) {
        sums[i][0] += weight * dx;
        sums[i][1] += weight * dy;
        sums[j][0] -= weight * dx;
        sums[j][1] -= weight * dy;
    }
}
