package io.squadron.engine.dl4j;

import io.squadron.engine.Moments;
import io.squadron.engine.MomentsListener;
import io.squadron.engine.NormSync;
import io.squadron.model.Layer;
import io.squadron.model.Layout;
import io.squadron.model.Weights;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One batch norm of an open session: its place in the weights and in the gradient, and what its last forward pass in
 * training saw. Scale, shift and running statistics are read from the live weights; Deeplearning4j knows none of them.
 */
final class Norm implements Kernel {
    private final String name;
    private final Layer.BatchNorm layer;
    private final boolean trained;
    private final NormSync sync;
    private final float[] values;
    private final float[] gradient;
    /** Where scale, shift, running mean and running variance begin. */
    private final int[] offsets;

    private Moments seen;
    private double[] inverse;
    private Optional<MomentsListener> watcher = Optional.empty();

    /** How a norm computes: frozen ones use their running statistics in both directions. */
    enum Mode {
        TRAINED,
        FROZEN
    }

    Norm(String name, Layer.BatchNorm layer, Mode mode, NormSync sync, Weights weights, float[] gradient) {
        this.name = name;
        this.layer = layer;
        this.trained = mode == Mode.TRAINED;
        this.sync = sync;
        this.values = weights.values();
        this.gradient = gradient;
        Layout layout = weights.layout();
        this.offsets = new int[] {
            layout.slice(name + ".weight").offset(),
            layout.slice(name + ".bias").offset(),
            layout.slice(name + ".running_mean").offset(),
            layout.slice(name + ".running_var").offset()
        };
    }

    boolean trained() {
        return trained;
    }

    @Override
    public void forward(INDArray x, INDArray y, Pass pass) {
        if (trained && pass == Pass.TRAINING) {
            train(Planes.of(x), Planes.of(y));
        } else if (watcher.isPresent()) {
            observe(Planes.of(x), Planes.of(y), watcher.get());
        } else {
            infer(Planes.of(x), Planes.of(y));
        }
    }

    @Override
    public void backward(INDArray x, INDArray dy, INDArray dx) {
        if (trained) {
            backwardTrained(Planes.of(x), Planes.of(dy), Planes.of(dx));
        } else {
            backwardFrozen(Planes.of(dy), Planes.of(dx));
        }
    }

    /** Agrees on the statistics of the global batch and normalises with them. */
    private void train(Planes x, Planes y) {
        exchange(NormKernel.moments(x));
        NormKernel.forward(x, y, seen.mean(), scale(inverse), part(1));
    }

    /** From now on evaluations tell {@code listener} their batch's statistics, and normalise with what it says. */
    void watch(MomentsListener listener) {
        watcher = Optional.of(listener);
    }

    void unwatch() {
        watcher = Optional.empty();
    }

    private void observe(Planes x, Planes y, MomentsListener listener) {
        Moments mine = NormKernel.moments(x);
        Moments used = listener.on(name, mine);
        NormKernel.forward(x, y, used.mean(), scale(inverse(used)), part(1));
    }

    /** Normalises with the running statistics. */
    private void infer(Planes x, Planes y) {
        NormKernel.forward(x, y, doubles(2), scale(runningInverse()), part(1));
    }

    /** Backward of {@link #train}; leaves this batch's own sums as the gradient of scale and shift. */
    private void backwardTrained(Planes x, Planes dy, Planes dx) {
        int channels = layer.channels();
        double[] mine = NormKernel.sums(x, dy, seen.mean(), inverse);
        for (int c = 0; c < channels; c++) {
            gradient[offsets[0] + c] = (float) mine[channels + c];
            gradient[offsets[1] + c] = (float) mine[c];
        }
        double[] all = sync.sums(name, mine);
        double[] level = new double[channels];
        double[] tilt = new double[channels];
        for (int c = 0; c < channels; c++) {
            level[c] = all[c] / seen.count();
            tilt[c] = all[channels + c] / seen.count() * inverse[c];
        }
        NormKernel.backward(x, dy, dx, new NormKernel.Backward(seen.mean(), scale(inverse), level, tilt));
    }

    /** Backward of {@link #infer}. */
    private void backwardFrozen(Planes dy, Planes dx) {
        NormKernel.forward(dy, dx, new double[layer.channels()], scale(runningInverse()), new float[layer.channels()]);
    }

    /** The forward exchange of a rank that has no samples. */
    void trainNothing() {
        exchange(Moments.empty(layer.channels()));
    }

    /** The backward exchange of a rank that has no samples. */
    void backwardNothing() {
        double[] others = sync.sums(name, new double[2 * layer.channels()]);
        if (others.length != 2 * layer.channels()) {
            throw new IllegalStateException("Cannot use %d sums of batch norm %s".formatted(others.length, name));
        }
    }

    /** Moves the running statistics towards what the last {@link #train} saw. */
    void updateRunning() {
        if (seen.count() == 0) {
            return;
        }
        double momentum = layer.momentum();
        for (int c = 0; c < layer.channels(); c++) {
            int mean = offsets[2] + c;
            int variance = offsets[3] + c;
            values[mean] = (float) ((1 - momentum) * values[mean] + momentum * seen.mean()[c]);
            values[variance] = (float) ((1 - momentum) * values[variance] + momentum * seen.unbiasedVariance(c));
        }
    }

    private void exchange(Moments mine) {
        seen = sync.statistics(name, mine);
        inverse = inverse(seen);
    }

    private double[] inverse(Moments moments) {
        double[] inverses = new double[layer.channels()];
        for (int c = 0; c < inverses.length && moments.count() > 0; c++) {
            inverses[c] = 1 / Math.sqrt(moments.biasedVariance(c) + layer.epsilon());
        }
        return inverses;
    }

    private double[] runningInverse() {
        double[] variance = doubles(3);
        Arrays.setAll(variance, c -> 1 / Math.sqrt(variance[c] + layer.epsilon()));
        return variance;
    }

    private double[] scale(double[] inverses) {
        double[] scale = doubles(0);
        for (int c = 0; c < scale.length; c++) {
            scale[c] *= inverses[c];
        }
        return scale;
    }

    private float[] part(int index) {
        return Arrays.copyOfRange(values, offsets[index], offsets[index] + layer.channels());
    }

    private double[] doubles(int index) {
        double[] part = new double[layer.channels()];
        Arrays.setAll(part, c -> values[offsets[index] + c]);
        return part;
    }
}
