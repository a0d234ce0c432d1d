package io.squadron.engine.dl4j;

import io.squadron.model.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Local response norm across channels, one sample at a time, in float64. */
final class ResponseNorm implements Kernel {
    private final Layer.LocalResponseNorm layer;

    ResponseNorm(Layer.LocalResponseNorm layer) {
        this.layer = layer;
    }

    @Override
    public void forward(INDArray x, INDArray y, Pass pass) {
        Planes in = Planes.of(x);
        Planes out = Planes.of(y);
        float[] values = new float[in.channels() * in.area()];
        float[] results = new float[values.length];
        for (int n = 0; n < in.batch(); n++) {
            read(in, n, values);
            double[] scale = scale(values, in);
            for (int i = 0; i < values.length; i++) {
                results[i] = (float) (values[i] * Math.pow(scale[i], -layer.beta()));
            }
            write(out, n, results);
        }
    }

    /**
     * With s = k + alpha/size * sum of x^2: dx[c] = dy[c] s[c]^-beta - 2 alpha beta / size * x[c] * the sum, over all
     * channels j in whose window c lies, of dy[j] x[j] s[j]^(-beta - 1).
     */
    @Override
    public void backward(INDArray x, INDArray dy, INDArray dx) {
        Planes in = Planes.of(x);
        Planes above = Planes.of(dy);
        Planes below = Planes.of(dx);
        float[] values = new float[in.channels() * in.area()];
        float[] slopes = new float[values.length];
        double[] shares = new double[values.length];
        double factor = 2.0 * layer.alpha() * layer.beta() / layer.size();
        for (int n = 0; n < in.batch(); n++) {
            read(in, n, values);
            read(above, n, slopes);
            double[] scale = scale(values, in);
            for (int i = 0; i < values.length; i++) {
                shares[i] = slopes[i] * values[i] * Math.pow(scale[i], -layer.beta() - 1);
            }
            // c lies in the windows of the channels c - (size - 1) / 2 .. c + size / 2: the window turned round.
            double[] sums = windowSums(shares, in, (layer.size() - 1) / 2);
            for (int i = 0; i < values.length; i++) {
                slopes[i] = (float) (slopes[i] * Math.pow(scale[i], -layer.beta()) - factor * values[i] * sums[i]);
            }
            write(below, n, slopes);
        }
    }

    private double[] scale(float[] values, Planes planes) {
        double[] squares = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            squares[i] = (double) values[i] * values[i];
        }
        double[] scale = windowSums(squares, planes, layer.size() / 2);
        for (int i = 0; i < scale.length; i++) {
            scale[i] = layer.k() + (double) layer.alpha() / layer.size() * scale[i];
        }
        return scale;
    }

    /** The sums over {@code size} channels, of which {@code before} come before the channel itself. */
    private double[] windowSums(double[] values, Planes planes, int before) {
        int area = planes.area();
        double[] sums = new double[values.length];
        for (int c = 0; c < planes.channels(); c++) {
            int end = Math.min(planes.channels(), c - before + layer.size());
            for (int j = Math.max(0, c - before); j < end; j++) {
                for (int i = 0; i < area; i++) {
                    sums[c * area + i] += values[j * area + i];
                }
            }
        }
        return sums;
    }

    private static void read(Planes planes, int sample, float[] values) {
        for (int c = 0; c < planes.channels(); c++) {
            planes.read(c, sample, 1, values, c * planes.area());
        }
    }

    private static void write(Planes planes, int sample, float[] values) {
        for (int c = 0; c < planes.channels(); c++) {
            planes.write(c, sample, 1, values, c * planes.area());
        }
    }
}
