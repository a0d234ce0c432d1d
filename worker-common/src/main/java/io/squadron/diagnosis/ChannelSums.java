package io.squadron.diagnosis;

/** Sums up what flows through one place. Mutable; sums in double, of values that are float32. */
final class ChannelSums {
    private final double[] sum;
    private final double[] squares;
    private final long[] positive;
    private long count;

    ChannelSums(int channels) {
        sum = new double[channels];
        squares = new double[channels];
        positive = new long[channels];
    }

    /** @param values of {@code images} images // [images, channels, area] */
    void add(float[] values, int images) {
        int channels = sum.length;
        int area = values.length / images / channels;
        for (int i = 0; i < images; i++) {
            for (int c = 0; c < channels; c++) {
                add(values, (i * channels + c) * area, area, c);
            }
        }
        count += (long) images * area;
    }

    private void add(float[] values, int from, int area, int channel) {
        double total = 0;
        double square = 0;
        int above = 0;
        for (int p = from; p < from + area; p++) {
            double value = values[p];
            total += value;
            square += value * value;
            above += value > 0 ? 1 : 0;
        }
        sum[channel] += total;
        squares[channel] += square;
        positive[channel] += above;
    }

    Activity activity() {
        int channels = sum.length;
        double[] mean = new double[channels];
        double[] deviation = new double[channels];
        double[] share = new double[channels];
        for (int c = 0; c < channels; c++) {
            mean[c] = sum[c] / count;
            deviation[c] = Math.sqrt(Math.max(0, squares[c] / count - mean[c] * mean[c]));
            share[c] = positive[c] / (double) count;
        }
        return new Activity(mean, deviation, share);
    }
}
