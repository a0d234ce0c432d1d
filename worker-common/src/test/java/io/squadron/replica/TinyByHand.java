package io.squadron.replica;

import io.squadron.model.Weights;
import io.squadron.testing.TinyModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The batch norms of {@link TinyModels#residual} in training mode, written out in float64, and the mixture of what they saw
 * batch by batch: mean E[mean], variance E[variance + mean^2] - mean^2, weighted by counts.
 */
final class TinyByHand {
    private static final double EPSILON = 1e-5;

    private final Weights weights;

    /** By batch norm: [count, mean by channel, variance by channel], one for each batch. */
    private final List<List<double[][]>> seen = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    /** A feature map. // [samples][channels][side * side] */
    private record Maps(double[][][] values, int side) {}

    TinyByHand(Weights weights) {
        this.weights = weights;
    }

    void addBatch(float[] images, int count) {
        int side = TinyModels.IMAGE.height();
        double[][][] input = new double[count][3][side * side];
        for (int i = 0; i < images.length; i++) {
            input[i / (3 * side * side)][i / (side * side) % 3][i % (side * side)] = images[i];
        }
        Maps first = normalised(0, "bn1", convolution(new Maps(input, side), "conv1", 4, 3, 1));
        Maps pooled = maximum(first);
        observe(1, convolution(pooled, "layer1.conv1", 6, 3, 2));
        observe(2, convolution(pooled, "layer1.down", 6, 1, 2));
    }

    /** Mean and variance of each batch norm, in the order of the network. */
    double[][] mixture() {
        List<double[]> all = new ArrayList<>();
        for (List<double[][]> batches : seen) {
            int channels = batches.get(0)[1].length;
            double[] mean = new double[channels];
            double[] second = new double[channels];
            double total = batches.stream().mapToDouble(batch -> batch[0][0]).sum();
            for (double[][] batch : batches) {
                for (int c = 0; c < channels; c++) {
                    mean[c] += batch[0][0] / total * batch[1][c];
                    second[c] += batch[0][0] / total * (batch[2][c] + batch[1][c] * batch[1][c]);
                }
            }
            all.add(mean);
            double[] variance = new double[channels];
            Arrays.setAll(variance, c -> second[c] - mean[c] * mean[c]);
            all.add(variance);
        }
        return all.toArray(double[][]::new);
    }

    private double[][] observe(int norm, Maps x) {
        int channels = x.values()[0].length;
        double count = (double) x.values().length * x.side() * x.side();
        double[] mean = new double[channels];
        double[] variance = new double[channels];
        for (int c = 0; c < channels; c++) {
            for (double[][] sample : x.values()) {
                mean[c] += Arrays.stream(sample[c]).sum() / count;
            }
            for (double[][] sample : x.values()) {
                for (double value : sample[c]) {
                    variance[c] += (value - mean[c]) * (value - mean[c]) / count;
                }
            }
        }
        double[][] found = {{count}, mean, variance};
        seen.get(norm).add(found);
        return found;
    }

    private Maps normalised(int norm, String name, Maps x) {
        double[][] found = observe(norm, x);
        float[] scale = slice(name + ".weight");
        float[] shift = slice(name + ".bias");
        double[][][] y = new double[x.values().length][scale.length][];
        for (int s = 0; s < y.length; s++) {
            for (int c = 0; c < scale.length; c++) {
                int channel = c;
                y[s][c] = Arrays.stream(x.values()[s][c])
                        .map(value ->
                                (value - found[1][channel]) / Math.sqrt(found[2][channel] + EPSILON) * scale[channel]
                                        + shift[channel])
                        .toArray();
            }
        }
        return new Maps(y, x.side());
    }

    /** With a padding of (kernel - 1) / 2. */
    private Maps convolution(Maps x, String name, int out, int kernel, int stride) {
        float[] w = slice(name + ".weight");
        float[] bias = weights.layout().find(name + ".bias").isPresent() ? slice(name + ".bias") : new float[out];
        int in = x.values()[0].length;
        int side = (x.side() - 1) / stride + 1;
        double[][][] y = new double[x.values().length][out][side * side];
        for (int s = 0; s < y.length; s++) {
            for (int i = 0; i < out * side * side; i++) {
                int o = i / (side * side);
                int row = i % (side * side) / side * stride - kernel / 2;
                int column = i % side * stride - kernel / 2;
                double sum = bias[o];
                for (int k = 0; k < in * kernel * kernel; k++) {
                    int c = k / (kernel * kernel);
                    sum += w[o * in * kernel * kernel + k]
                            * at(x, s, c, row + k % (kernel * kernel) / kernel, column + k % kernel, 0);
                }
                y[s][o][i % (side * side)] = sum;
            }
        }
        return new Maps(y, side);
    }

    /** 3x3, stride 2, padding 1. */
    private static Maps maximum(Maps x) {
        int side = (x.side() - 1) / 2 + 1;
        double[][][] y = new double[x.values().length][x.values()[0].length][side * side];
        for (int s = 0; s < y.length; s++) {
            for (int c = 0; c < y[s].length; c++) {
                for (int i = 0; i < side * side; i++) {
                    double largest = Double.NEGATIVE_INFINITY;
                    for (int k = 0; k < 9; k++) {
                        int row = i / side * 2 - 1 + k / 3;
                        int column = i % side * 2 - 1 + k % 3;
                        largest = Math.max(largest, at(x, s, c, row, column, Double.NEGATIVE_INFINITY));
                    }
                    y[s][c][i] = largest;
                }
            }
        }
        return new Maps(y, side);
    }

    private static double at(Maps x, int sample, int channel, int row, int column, double outside) {
        boolean inside = row >= 0 && row < x.side() && column >= 0 && column < x.side();
        return inside ? x.values()[sample][channel][row * x.side() + column] : outside;
    }

    private float[] slice(String name) {
        var slice = weights.layout().slice(name);
        return Arrays.copyOfRange(weights.values(), slice.offset(), slice.end());
    }
}
