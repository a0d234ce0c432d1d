package io.squadron.engine.dl4j;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.BETA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GAMMA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_LOG_STD;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;

import io.squadron.engine.Moments;
import io.squadron.engine.NormSync;
import io.squadron.failure.Failure;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's batch norm, but in training with the statistics that a {@link NormSync} agrees on. Parameters, evaluation
 * and conventions are the original's: the running variance is the biased one, and running statistics move by the
 * "gradient" (1 - decay) * (running - batch), which their updater does not touch.
 */
final class GlobalNorm extends BatchNormalization {
    private static final long serialVersionUID = 1L;

    private final transient NormSync sync;
    private transient Moments seen;
    private transient double[] inverse;

    GlobalNorm(BatchNormalization stock, NormSync sync) {
        super(stock.conf(), stock.params().dataType());
        this.sync = sync;
        setIndex(stock.getIndex());
        setParamsViewArray(stock.params());
        setParamTable(stock.paramTable());
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!training) {
            return super.activate(false, workspaces);
        }
        assertInputSet(false);
        INDArray x = channelsFirst(input);
        exchange(NormKernel.moments(Planes.of(x)));
        INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(), x.shape(), 'c');
        float[] shift = new float[seen.channels()];
        double[] beta = parameter(BETA, layerConf().getBeta());
        for (int c = 0; c < shift.length; c++) {
            shift[c] = (float) beta[c];
        }
        NormKernel.forward(Planes.of(x), Planes.of(y), seen.mean(), scale(), shift);
        return asGiven(y);
    }

    private void exchange(Moments mine) {
        seen = sync.statistics(name(), mine);
        inverse = new double[seen.channels()];
        Arrays.setAll(
                inverse, c -> 1 / Math.sqrt(seen.biasedVariance(c) + layerConf().getEps()));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray inside = channelsFirst(input);
        Planes x = Planes.of(inside);
        Planes dy = Planes.of(channelsFirst(epsilon));
        double[] mine = NormKernel.sums(x, dy, seen.mean(), inverse);
        Gradient gradient = gradient(mine);
        NormKernel.Backward backward = backward(sync.sums(name(), mine));
        INDArray below =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, inside.dataType(), inside.shape(), 'c');
        NormKernel.backward(x, dy, Planes.of(below), backward);
        return new Pair<>(gradient, asGiven(below));
    }

    /** The sums over all samples, as what is taken from each gradient. */
    private NormKernel.Backward backward(double[] all) {
        int channels = seen.channels();
        double[] level = new double[channels];
        double[] tilt = new double[channels];
        for (int c = 0; c < channels; c++) {
            level[c] = all[c] / seen.count();
            tilt[c] = all[channels + c] / seen.count() * inverse[c];
        }
        return new NormKernel.Backward(seen.mean(), scale(), level, tilt);
    }

    /** Of scale and shift this rank's own sums, which the sum of all gradients adds up; of the running statistics all. */
    private Gradient gradient(double[] mine) {
        Gradient gradient = new DefaultGradient();
        int channels = seen.channels();
        if (!layerConf().isLockGammaBeta()) {
            write(gradient, GAMMA, c -> mine[channels + c]);
            write(gradient, BETA, c -> mine[c]);
        }
        double rate = 1 - layerConf().getDecay();
        double[] mean = parameter(GLOBAL_MEAN, 0);
        write(gradient, GLOBAL_MEAN, c -> rate * (mean[c] - seen.mean()[c]));
        if (layerConf().isUseLogStd()) {
            double[] logarithm = parameter(GLOBAL_LOG_STD, 0);
            write(gradient, GLOBAL_LOG_STD, c -> {
                double before = Math.pow(10, 2 * logarithm[c]);
                return 0.5 * Math.log10(before / (before + rate * (seen.biasedVariance(c) - before)));
            });
        } else {
            double[] variance = parameter(GLOBAL_VAR, 0);
            write(gradient, GLOBAL_VAR, c -> rate * (variance[c] - seen.biasedVariance(c)));
        }
        return gradient;
    }

    private void write(Gradient gradient, String key, IntToDoubleFunction value) {
        INDArray view = gradientViews.get(key);
        for (int c = 0; c < seen.channels(); c++) {
            view.putScalar(c, value.applyAsDouble(c));
        }
        gradient.setGradientFor(key, view);
    }

    private double[] scale() {
        double[] scale = parameter(GAMMA, layerConf().getGamma());
        for (int c = 0; c < scale.length; c++) {
            scale[c] *= inverse[c];
        }
        return scale;
    }

    /** A parameter by channel; {@code locked} where it is none. */
    private double[] parameter(String key, double locked) {
        double[] values = new double[seen.channels()];
        INDArray own = params.get(key);
        Arrays.setAll(values, c -> own == null ? locked : own.getDouble(c));
        return values;
    }

    private INDArray channelsFirst(INDArray array) {
        if (array.rank() != 2 && array.rank() != 4) {
            throw Failure.usage(
                    "Cannot synchronise batch norm '%s': its input has %d dimensions (expected 2 or 4). Train it with "
                            + "statistics of its own",
                    name(), array.rank());
        }
        return lastInside(array) ? array.permute(0, 3, 1, 2) : array;
    }

    private INDArray asGiven(INDArray array) {
        return lastInside(array) ? array.permute(0, 2, 3, 1) : array;
    }

    private boolean lastInside(INDArray array) {
        return array.rank() == 4 && layerConf().getCnn2DFormat() == CNN2DFormat.NHWC;
    }

    private String name() {
        return layerConf().getLayerName();
    }
}
