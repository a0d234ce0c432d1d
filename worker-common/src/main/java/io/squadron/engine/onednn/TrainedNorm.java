package io.squadron.engine.onednn;

import io.squadron.engine.BrokenNumbers;
import io.squadron.engine.Moments;
import io.squadron.engine.MomentsListener;
import io.squadron.engine.NormSync;
import io.squadron.model.Layer;
import io.squadron.model.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The part of a trained batch norm that is not arithmetic on images: statistics, their exchange, running statistics. */
final class TrainedNorm {
    private final String name;
    private final Layer.BatchNorm layer;
    private final NormSync sync;
    private final float[] values;
    private final int scaleAt;
    private final int meanAt;
    private final int varianceAt;
    private final double[] means;
    private final double[] squares;
    private Moments own;
    private Moments seen;
    private double[] summed = new double[0];
    private boolean rehearsing;
    private Optional<MomentsListener> watcher = Optional.empty();

    TrainedNorm(String name, Layer.BatchNorm layer, NormSync sync, Weights weights) {
        this.name = name;
        this.layer = layer;
        this.sync = sync;
        this.values = weights.values();
        this.scaleAt = weights.layout().slice(name + ".weight").offset();
        this.meanAt = weights.layout().slice(name + ".running_mean").offset();
        this.varianceAt = weights.layout().slice(name + ".running_var").offset();
        this.means = new double[layer.channels()];
        this.squares = new double[layer.channels()];
        this.own = new Moments(0, means, squares);
        this.seen = own;
    }

    boolean alone() {
        return sync.scope() == NormSync.Scope.OWN;
    }

    /**
     * Takes the mean and the biased variance of this session's {@code count} elements per channel as what was seen; fails if
     * they are no numbers, before anybody else hears of them.
     */
    void see(double count, FloatBuffer mean, FloatBuffer variance) {
        double sum = 0;
        for (int c = 0; c < means.length; c++) {
            means[c] = mean.get(c);
            squares[c] = variance.get(c) * count;
            sum += means[c] * 0 + squares[c] * 0;
        }
        if (sum != 0) {
            throw BrokenNumbers.madeBy(name, BrokenNumbers.Way.FORWARD);
        }
        if (!alone()) {
            // Others may look at it for longer than until the next step.
            own = new Moments(count, means.clone(), squares.clone());
        } else {
            own = own.count() == count ? own : new Moments(count, means, squares);
            seen = own;
        }
    }

    /**
     * Whether a step is repeated only to look at it: then nothing is exchanged, the others are not there; what they said in
     * the step itself still holds.
     */
    void rehearse(boolean now) {
        rehearsing = now;
    }

    /** From now on {@code listener} hears of what is seen and says what is used; the others of the group hear nothing. */
    void watch(MomentsListener listener) {
        watcher = Optional.of(listener);
    }

    void unwatch() {
        watcher = Optional.empty();
    }

    /** Like {@link #see}, then merges with all others' and puts the merged statistics in the place of one's own. */
    void exchange(double count, FloatBuffer mean, FloatBuffer variance) {
        see(count, mean, variance);
        if (watcher.isPresent()) {
            seen = watcher.get().on(name, new Moments(count, means.clone(), squares.clone()));
        } else if (!rehearsing) {
            seen = sync.statistics(name, own);
        }
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
        if (!rehearsing) {
            summed = sync.sums(name, mine);
        }
        double[] all = summed;
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
