package io.squadron.engine.dl4j;

import io.squadron.engine.Moments;

/** The arithmetic of batch norm, one channel at a time so that it stays in the cache; sums in float64. */
final class NormKernel {
    private NormKernel() {}

    /** Count, mean and squared deviations from that mean, in two passes over each channel. */
    static Moments moments(Planes x) {
        int count = x.perChannel();
        double[] mean = new double[x.channels()];
        double[] squares = new double[x.channels()];
        float[] values = new float[count];
        for (int c = 0; c < mean.length; c++) {
            x.read(c, values);
            mean[c] = sum(values) / count;
            squares[c] = squaresAround(values, mean[c]);
        }
        return new Moments(count, mean, squares);
    }

    /** y = (x - centre) * scale + shift. */
    static void forward(Planes x, Planes y, double[] centre, float[] scale, float[] shift) {
        float[] values = new float[x.perChannel()];
        for (int c = 0; c < scale.length; c++) {
            x.read(c, values);
            float middle = (float) centre[c];
            float factor = scale[c];
            float offset = shift[c];
            for (int i = 0; i < values.length; i++) {
                values[i] = (values[i] - middle) * factor + offset;
            }
            y.write(c, values);
        }
    }

    /** The sums of dy and of dy * xhat by channel, where xhat = (x - mean) * inverse. // [2 * channels] */
    static double[] sums(Planes x, Planes dy, double[] mean, double[] inverse) {
        int channels = mean.length;
        double[] sums = new double[2 * channels];
        float[] values = new float[x.perChannel()];
        float[] slopes = new float[x.perChannel()];
        for (int c = 0; c < channels; c++) {
            x.read(c, values);
            dy.read(c, slopes);
            sums[c] = sum(slopes);
            sums[channels + c] = inverse[c] * products(values, slopes, mean[c]);
        }
        return sums;
    }

    /** dx = scale * (dy - level - (x - centre) * tilt). */
    static void backward(Planes x, Planes dy, Planes dx, Backward b) {
        float[] values = new float[x.perChannel()];
        float[] slopes = new float[x.perChannel()];
        for (int c = 0; c < b.scale().length; c++) {
            x.read(c, values);
            dy.read(c, slopes);
            float middle = (float) b.centre()[c];
            float factor = b.scale()[c];
            float level = (float) b.level()[c];
            float tilt = (float) b.tilt()[c];
            for (int i = 0; i < values.length; i++) {
                values[i] = factor * (slopes[i] - level - (values[i] - middle) * tilt);
            }
            dx.write(c, values);
        }
    }

    /** What the backward pass takes from each channel. // all: [channels] */
    record Backward(double[] centre, float[] scale, double[] level, double[] tilt) {}

    /** Four partial sums: a single one would wait for itself at every element. */
    private static double sum(float[] values) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < values.length; i++) {
            a += values[i];
        }
        return a + b + (c + d);
    }

    private static double squaresAround(float[] values, double mean) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < values.length; i += 2) {
            double first = values[i] - mean;
            double second = values[i + 1] - mean;
            even += first * first;
            odd += second * second;
        }
        for (; i < values.length; i++) {
            even += (values[i] - mean) * (values[i] - mean);
        }
        return even + odd;
    }

    private static double products(float[] values, float[] slopes, double mean) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < values.length; i += 2) {
            even += (values[i] - mean) * slopes[i];
            odd += (values[i + 1] - mean) * slopes[i + 1];
        }
        for (; i < values.length; i++) {
            even += (values[i] - mean) * slopes[i];
        }
        return even + odd;
    }
}
