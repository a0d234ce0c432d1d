package io.squadron.driver.dl4j;

import java.util.List;

/** Running statistics of batch norms, taken out of a state's values, merged, and put back. */
final class RunningStatistics {
    private RunningStatistics() {}

    /** Mean and variance, in turns, of all channels of all norms. */
    static double[] read(List<Places.Statistics> norms, float[] values) {
        double[] pairs = new double[2 * channels(norms)];
        int at = 0;
        for (Places.Statistics norm : norms) {
            for (int c = 0; c < norm.channels(); c++) {
                double kept = values[norm.variance() + c];
                pairs[at++] = values[norm.mean() + c];
                pairs[at++] = norm.form() == Places.Form.LOGARITHM ? Math.pow(10, 2 * kept) : kept;
            }
        }
        return pairs;
    }

    /** The reverse of {@link #read}. */
    static void write(List<Places.Statistics> norms, double[] pairs, float[] values) {
        int at = 0;
        for (Places.Statistics norm : norms) {
            for (int c = 0; c < norm.channels(); c++) {
                values[norm.mean() + c] = (float) pairs[at++];
                double variance = pairs[at++];
                values[norm.variance() + c] =
                        (float) (norm.form() == Places.Form.LOGARITHM ? 0.5 * Math.log10(variance) : variance);
            }
        }
    }

    /** Of the union of populations with these means and variances: what the means lie apart is variance, too. */
    static double[] merge(double[][] pairs, double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double[] merged = new double[pairs[0].length];
        for (int at = 0; at < merged.length; at += 2) {
            for (int rank = 0; rank < pairs.length; rank++) {
                merged[at] += weights[rank] / total * pairs[rank][at];
            }
            for (int rank = 0; rank < pairs.length; rank++) {
                double apart = pairs[rank][at] - merged[at];
                merged[at + 1] += weights[rank] / total * (pairs[rank][at + 1] + apart * apart);
            }
        }
        return merged;
    }

    private static int channels(List<Places.Statistics> norms) {
        return norms.stream().mapToInt(Places.Statistics::channels).sum();
    }
}
