package io.squadron.engine;

/**
 * Count, mean and sum of squared deviations of each channel: a monoid under {@link #merge} (Chan, Golub and LeVeque 1979).
 *
 * @param count elements per channel (samples times height times width)
 * @param mean by channel
 * @param squares sum of (x - mean)^2, by channel
 */
public record Moments(double count, double[] mean, double[] squares) {
    public static Moments empty(int channels) {
        return new Moments(0, new double[channels], new double[channels]);
    }

    public int channels() {
        return mean.length;
    }

    public Moments merge(Moments other) {
        if (other.count == 0) {
            return this;
        }
        if (count == 0) {
            return other;
        }
        double total = count + other.count;
        double[] mergedMean = new double[mean.length];
        double[] mergedSquares = new double[mean.length];
        for (int c = 0; c < mean.length; c++) {
            double delta = other.mean[c] - mean[c];
            mergedMean[c] = mean[c] + delta * other.count / total;
            mergedSquares[c] = squares[c] + other.squares[c] + delta * delta * count * other.count / total;
        }
        return new Moments(total, mergedMean, mergedSquares);
    }

    /** Variance that divides by the count: what batch norm normalises with. */
    public double biasedVariance(int channel) {
        return squares[channel] / count;
    }

    /** Variance that divides by count - 1: what torch keeps as running variance. A single element has the biased one. */
    public double unbiasedVariance(int channel) {
        return squares[channel] / Math.max(1, count - 1);
    }
}
