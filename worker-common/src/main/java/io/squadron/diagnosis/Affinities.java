package io.squadron.diagnosis;

/** Who is whose neighbour, for {@link Tsne}: Gaussian affinities of equal perplexity, made symmetric. */
final class Affinities {
    private static final int HALVINGS = 60;
    private static final double CLOSE = 1e-6;
    private static final double LEAST = 1e-12;

    private Affinities() {}

    /** p_ij = (p_j|i + p_i|j) / 2n; sums to 1. // [count][count] */
    static double[][] joint(double[][] points, double perplexity) {
        int n = points.length;
        double[][] conditional = new double[n][];
        for (int i = 0; i < n; i++) {
            conditional[i] = conditional(distances(points, i), i, Math.log(perplexity));
        }
        double[][] joint = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                joint[i][j] = i == j ? 0 : Math.max((conditional[i][j] + conditional[j][i]) / (2 * n), LEAST);
            }
        }
        return joint;
    }

    private static double[] distances(double[][] points, int i) {
        double[] distances = new double[points.length];
        for (int j = 0; j < points.length; j++) {
            for (int f = 0; f < points[i].length; f++) {
                double difference = points[i][f] - points[j][f];
                distances[j] += difference * difference;
            }
        }
        return distances;
    }

    /** Bisects the precision until the entropy is the logarithm of the perplexity. */
    private static double[] conditional(double[] distances, int self, double entropy) {
        double precision = 1 / Math.max(mean(distances), LEAST);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double[] shares = new double[distances.length];
        for (int turn = 0; turn < HALVINGS; turn++) {
            double excess = fill(shares, distances, self, precision) - entropy;
            if (Math.abs(excess) < CLOSE) {
                break;
            }
            if (excess > 0) {
                low = precision;
                precision = Double.isInfinite(high) ? precision * 2 : (low + high) / 2;
            } else {
                high = precision;
                precision = (low + high) / 2;
            }
        }
        return shares;
    }

    /** The shares at this precision; returns their entropy in nats. StrictMath, so that every machine has the same bits. */
    private static double fill(double[] shares, double[] distances, int self, double precision) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < distances.length; j++) {
            nearest = j == self ? nearest : Math.min(nearest, distances[j]);
        }
        double total = 0;
        for (int j = 0; j < distances.length; j++) {
            shares[j] = j == self ? 0 : StrictMath.exp(-(distances[j] - nearest) * precision);
            total += shares[j];
        }
        double entropy = StrictMath.log(total);
        for (int j = 0; j < distances.length; j++) {
            shares[j] /= total;
            entropy += shares[j] * (distances[j] - nearest) * precision;
        }
        return entropy;
    }

    private static double mean(double[] distances) {
        double sum = 0;
        for (double each : distances) {
            sum += each;
        }
        return sum / distances.length;
    }
}
