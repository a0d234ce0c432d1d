package io.squadron.engine.dl4j;

import io.squadron.model.Layer;
import io.squadron.model.Layout;
import io.squadron.model.Weights;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution as a matrix product, a few samples at a time so that the unrolled input stays in the cache. Weights are
 * read from, and gradients left in, the session's flat vectors. (Deeplearning4j's own unrolls the whole batch, and
 * computes the forward product once more on the way back: half the speed.)
 */
final class Convolution implements Kernel, AutoCloseable {
    /** Elements of the unrolled input that are worked on at once: 4 MB. */
    private static final int UNROLLED_AT_ONCE = 1 << 20;

    private final Layer.Convolution layer;
    private final Wanted wanted;
    private final Workbench bench;
    private final float[] values;
    private final float[] gradient;
    private final int weightAt;
    private final int biasAt;
    private final Matrix weight = new Matrix();
    private final Matrix slope = new Matrix();

    /** What backward has to leave. */
    record Wanted(boolean weightGradient, boolean inputGradient) {}

    Convolution(
            String name, Layer.Convolution layer, Wanted wanted, Weights weights, float[] gradient, Workbench bench) {
        this.layer = layer;
        this.wanted = wanted;
        this.bench = bench;
        this.values = weights.values();
        this.gradient = gradient;
        Layout layout = weights.layout();
        this.weightAt = layout.slice(name + ".weight").offset();
        this.biasAt = layer.bias() ? layout.slice(name + ".bias").offset() : -1;
    }

    @Override
    public long[] resultShape(long[] shape) {
        Patches patches = patches((int) shape[2], (int) shape[3]);
        return new long[] {shape[0], layer.out(), patches.outHeight(), patches.outWidth()};
    }

    @Override
    public void forward(INDArray x, INDArray y, Pass pass) {
        Patches patches = patches((int) x.size(2), (int) x.size(3));
        Planes in = Planes.of(x);
        Planes out = Planes.of(y);
        loadWeight(patches);
        int atOnce = samplesAtOnce(patches);
        for (int first = 0; first < in.batch(); first += atOnce) {
            int count = Math.min(atOnce, in.batch() - first);
            int columns = count * patches.places();
            unroll(in, first, count, patches);
            bench.result.product(weight, bench.unrolled);
            float[] result = bench.narrow(layer.out() * columns);
            bench.result.get(result, 0);
            for (int c = 0; c < layer.out(); c++) {
                addBias(result, c * columns, columns, c);
                out.write(c, first, count, result, c * columns);
            }
        }
    }

    @Override
    public void backward(INDArray x, INDArray dy, INDArray dx) {
        Patches patches = patches((int) x.size(2), (int) x.size(3));
        Planes in = Planes.of(x);
        Planes above = Planes.of(dy);
        Planes below = Planes.of(dx);
        loadWeight(patches);
        if (wanted.weightGradient()) {
            slope.shape(layer.out(), layer.in() * patches.kernelArea());
            clearBias();
        }
        int atOnce = samplesAtOnce(patches);
        for (int first = 0; first < in.batch(); first += atOnce) {
            int count = Math.min(atOnce, in.batch() - first);
            gather(above, first, count, patches);
            if (wanted.weightGradient()) {
                unroll(in, first, count, patches);
                slope.addProductTransposed(bench.result, bench.unrolled, first == 0 ? 0f : 1f);
            }
            if (wanted.inputGradient()) {
                bench.unrolled.transposedProduct(weight, bench.result);
                fold(below, first, count, patches);
            }
        }
        if (wanted.weightGradient()) {
            slope.get(gradient, weightAt);
        }
    }

    private Patches patches(int height, int width) {
        Layer.Window w = layer.window();
        int outHeight = (height + 2 * w.padHeight() - w.kernelHeight()) / w.strideHeight() + 1;
        int outWidth = (width + 2 * w.padWidth() - w.kernelWidth()) / w.strideWidth() + 1;
        return new Patches(w, height, width, outHeight, outWidth);
    }

    private int samplesAtOnce(Patches patches) {
        return Math.max(1, UNROLLED_AT_ONCE / (layer.in() * patches.kernelArea() * patches.places()));
    }

    private void loadWeight(Patches patches) {
        weight.shape(layer.out(), layer.in() * patches.kernelArea()).put(values, weightAt);
    }

    /** Samples to [in * kernel area, samples * places]. */
    private void unroll(Planes in, int first, int count, Patches patches) {
        int columns = count * patches.places();
        int area = patches.height() * patches.width();
        float[] rows = bench.wide(layer.in() * patches.kernelArea() * columns);
        float[] planes = new float[count * area];
        for (int c = 0; c < layer.in(); c++) {
            int row = c * patches.kernelArea() * columns;
            if (patches.plain()) {
                in.read(c, first, count, rows, row);
                continue;
            }
            in.read(c, first, count, planes, 0);
            for (int n = 0; n < count; n++) {
                patches.unroll(planes, n * area, rows, row + n * patches.places(), columns);
            }
        }
        bench.unrolled.shape(layer.in() * patches.kernelArea(), columns).put(rows, 0);
    }

    /** The unrolled gradient of the input, back to samples. */
    private void fold(Planes below, int first, int count, Patches patches) {
        int columns = count * patches.places();
        int area = patches.height() * patches.width();
        float[] rows = bench.wide(layer.in() * patches.kernelArea() * columns);
        bench.unrolled.get(rows, 0);
        float[] planes = new float[count * area];
        for (int c = 0; c < layer.in(); c++) {
            int row = c * patches.kernelArea() * columns;
            if (patches.plain()) {
                below.write(c, first, count, rows, row);
                continue;
            }
            Arrays.fill(planes, 0f);
            for (int n = 0; n < count; n++) {
                patches.fold(rows, row + n * patches.places(), columns, planes, n * area);
            }
            below.write(c, first, count, planes, 0);
        }
    }

    /** The gradient from above, to [out, samples * places]. */
    private void gather(Planes above, int first, int count, Patches patches) {
        int columns = count * patches.places();
        float[] rows = bench.narrow(layer.out() * columns);
        for (int c = 0; c < layer.out(); c++) {
            above.read(c, first, count, rows, c * columns);
            if (layer.bias() && wanted.weightGradient()) {
                double sum = 0;
                for (int i = c * columns; i < (c + 1) * columns; i++) {
                    sum += rows[i];
                }
                gradient[biasAt + c] += (float) sum;
            }
        }
        bench.result.shape(layer.out(), columns).put(rows, 0);
    }

    private void addBias(float[] result, int from, int length, int channel) {
        if (layer.bias()) {
            float bias = values[biasAt + channel];
            for (int i = from; i < from + length; i++) {
                result[i] += bias;
            }
        }
    }

    private void clearBias() {
        if (layer.bias()) {
            Arrays.fill(gradient, biasAt, biasAt + layer.out(), 0f);
        }
    }

    @Override
    public void close() {
        weight.close();
        slope.close();
    }
}
