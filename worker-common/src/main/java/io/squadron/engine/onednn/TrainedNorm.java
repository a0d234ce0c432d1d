package io.squadron.engine.onednn;

import io.squadron.engine.Moments;
import io.squadron.engine.NormSync;
import io.squadron.model.Layer;
import io.squadron.model.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** The part of a trained batch norm that is not arithmetic on images: statistics, their exchange, running statistics. */
final class TrainedNorm {
    private final String name;
    private final Layer.BatchNorm layer;
    private final NormSync sync;
    private final float[] values;
    private final int scaleAt;
    private final int meanAt;
    private final int varianceAt;
    private Moments seen;

    TrainedNorm(String name, Layer.BatchNorm layer, NormSync sync, Weights weights) {
        this.name = name;
        this.layer = layer;
        this.sync = sync;
        this.values = weights.values();
        this.scaleAt = weights.layout().slice(name + ".weight").offset();
        this.meanAt = weights.layout().slice(name + ".running_mean").offset();
        this.varianceAt = weights.layout().slice(name + ".running_var").offset();
        this.seen = Moments.empty(layer.channels());
    }

    boolean alone() {
        return sync.scope() == NormSync.Scope.OWN;
    }

    /** Takes the mean and the biased variance of this session's {@code count} elements per channel as what was seen. */
    void see(double count, FloatBuffer mean, FloatBuffer variance) {
        double[] means = new double[layer.channels()];
        double[] squares = new double[layer.channels()];
        for (int c = 0; c < means.length; c++) {
            means[c] = mean.get(c);
            squares[c] = variance.get(c) * count;
        }
        seen = new Moments(count, means, squares);
    }

    /** Like {@link #see}, then merges with all others' and puts the merged statistics in the place of one's own. */
    void exchange(double count, FloatBuffer mean, FloatBuffer variance) {
        see(count, mean, variance);
        seen = sync.statistics(name, seen);
        for (int c = 0; c < layer.channels(); c++) {
            mean.put(c, (float) seen.mean()[c]);
            variance.put(c, (float) seen.biasedVariance(c));
        }
    }

    /**
     * The two terms that the gradient lacks when the library takes the statistics for given: with N elements seen, S =
     * sum dy, T = sum dy * xhat over all sessions, dx gains x * slope + level, where slope = -gamma T / (N sigma^2) and
     * level = -gamma S / (N sigma) - mean * slope.
     *
     * @param scaleGradient this session's T, by channel
     * @param shiftGradient this session's S, by channel
     */
    void correct(FloatBuffer scaleGradient, FloatBuffer shiftGradient, FloatBuffer slope, FloatBuffer level) {
        int channels = layer.channels();
        double[] mine = new double[2 * channels];
        for (int c = 0; c < channels; c++) {
            mine[c] = shiftGradient.get(c);
            mine[channels + c] = scaleGradient.get(c);
        }
        double[] all = sync.sums(name, mine);
        for (int c = 0; c < channels; c++) {
            double inverse = 1 / Math.sqrt(seen.biasedVariance(c) + layer.epsilon());
            double factor = values[scaleAt + c] * inverse / seen.count();
            double tilt = -factor * inverse * all[channels + c];
            slope.put(c, (float) tilt);
            level.put(c, (float) (-factor * all[c] - seen.mean()[c] * tilt));
        }
    }

    /** The forward exchange of a session without samples. */
    void exchangeNothing() {
        seen = sync.statistics(name, Moments.empty(layer.channels()));
    }

    /** The backward exchange of a session without samples. */
    void correctNothing() {
        double[] all = sync.sums(name, new double[2 * layer.channels()]);
        if (all.length != 2 * layer.channels()) {
            throw new IllegalStateException(
                    "Cannot use sums %s of batch norm %s".formatted(Arrays.toString(all), name));
        }
    }

    /** Moves the running statistics towards what was seen last, as torch does: unbiased variance. */
    void updateRunning() {
        if (seen.count() == 0) {
            return;
        }
        double momentum = layer.momentum();
        for (int c = 0; c < layer.channels(); c++) {
            int mean = meanAt + c;
            int variance = varianceAt + c;
            values[mean] = (float) ((1 - momentum) * values[mean] + momentum * seen.mean()[c]);
            values[variance] = (float) ((1 - momentum) * values[variance] + momentum * seen.unbiasedVariance(c));
        }
    }
}
