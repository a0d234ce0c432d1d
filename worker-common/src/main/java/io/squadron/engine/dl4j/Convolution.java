package io.squadron.engine.dl4j;

import io.squadron.model.Layer;
import io.squadron.model.Layout;
import io.squadron.model.Weights;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution as a matrix product for each group, a few samples at a time so that the unrolled input stays in the cache. Weights are
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
    /** Channels of one group: those it reads and those it makes. */
    private final int ins;

    private final int outs;
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
        this.ins = layer.in() / layer.groups();
        this.outs = layer.out() / layer.groups();
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
        for (int group = 0; group < layer.groups(); group++) {
            forward(in, out, group, patches);
        }
    }

    private void forward(Planes in, Planes out, int group, Patches patches) {
        loadWeight(group, patches);
        int atOnce = samplesAtOnce(patches);
        for (int first = 0; first < in.batch(); first += atOnce) {
            int count = Math.min(atOnce, in.batch() - first);
            int columns = count * patches.places();
            unroll(in, group, new Samples(first, count), patches);
            bench.result.product(weight, bench.unrolled);
            float[] result = bench.narrow(outs * columns);
            bench.result.get(result, 0);
            for (int c = 0; c < outs; c++) {
                addBias(result, c * columns, columns, group * outs + c);
                out.write(group * outs + c, first, count, result, c * columns);
            }
        }
    }

    @Override
    public void backward(INDArray x, INDArray dy, INDArray dx) {
        Patches patches = patches((int) x.size(2), (int) x.size(3));
        Planes in = Planes.of(x);
        Planes above = Planes.of(dy);
        Planes below = Planes.of(dx);
        if (wanted.weightGradient()) {
            clearBias();
        }
        for (int group = 0; group < layer.groups(); group++) {
            backward(new Way(in, above, below), group, patches);
        }
    }

    /** What a backward pass reads and writes. */
    private record Way(Planes in, Planes above, Planes below) {}

    private void backward(Way way, int group, Patches patches) {
        loadWeight(group, patches);
        if (wanted.weightGradient()) {
            slope.shape(outs, ins * patches.kernelArea());
        }
        int atOnce = samplesAtOnce(patches);
        for (int first = 0; first < way.in.batch(); first += atOnce) {
            Samples samples = new Samples(first, Math.min(atOnce, way.in.batch() - first));
            gather(way.above, group, samples, patches);
            if (wanted.weightGradient()) {
                unroll(way.in, group, samples, patches);
                slope.addProductTransposed(bench.result, bench.unrolled, first == 0 ? 0f : 1f);
            }
            if (wanted.inputGradient()) {
                bench.unrolled.transposedProduct(weight, bench.result);
                fold(way.below, group, samples, patches);
            }
        }
        if (wanted.weightGradient()) {
            slope.get(gradient, weightAt + group * outs * ins * patches.kernelArea());
        }
    }

    private record Samples(int first, int count) {}

    private Patches patches(int height, int width) {
        Layer.Window w = layer.window();
        int outHeight = (height + 2 * w.padHeight() - w.kernelHeight()) / w.strideHeight() + 1;
        int outWidth = (width + 2 * w.padWidth() - w.kernelWidth()) / w.strideWidth() + 1;
        return new Patches(w, height, width, outHeight, outWidth);
    }

    private int samplesAtOnce(Patches patches) {
        return Math.max(1, UNROLLED_AT_ONCE / (ins * patches.kernelArea() * patches.places()));
    }

    private void loadWeight(int group, Patches patches) {
        int row = ins * patches.kernelArea();
        weight.shape(outs, row).put(values, weightAt + group * outs * row);
    }

    /** Samples of a group's channels to [ins * kernel area, samples * places]. */
    private void unroll(Planes in, int group, Samples samples, Patches patches) {
        int first = samples.first();
        int count = samples.count();
        int columns = count * patches.places();
        int area = patches.height() * patches.width();
        float[] rows = bench.wide(ins * patches.kernelArea() * columns);
        float[] planes = new float[count * area];
        for (int c = 0; c < ins; c++) {
            int row = c * patches.kernelArea() * columns;
            if (patches.plain()) {
                in.read(group * ins + c, first, count, rows, row);
                continue;
            }
            in.read(group * ins + c, first, count, planes, 0);
            for (int n = 0; n < count; n++) {
                patches.unroll(planes, n * area, rows, row + n * patches.places(), columns);
            }
        }
        bench.unrolled.shape(ins * patches.kernelArea(), columns).put(rows, 0);
    }

    /** The unrolled gradient of the input, back to samples. */
    private void fold(Planes below, int group, Samples samples, Patches patches) {
        int first = samples.first();
        int count = samples.count();
        int columns = count * patches.places();
        int area = patches.height() * patches.width();
        float[] rows = bench.wide(ins * patches.kernelArea() * columns);
        bench.unrolled.get(rows, 0);
        float[] planes = new float[count * area];
        for (int c = 0; c < ins; c++) {
            int row = c * patches.kernelArea() * columns;
            if (patches.plain()) {
                below.write(group * ins + c, first, count, rows, row);
                continue;
            }
            Arrays.fill(planes, 0f);
            for (int n = 0; n < count; n++) {
                patches.fold(rows, row + n * patches.places(), columns, planes, n * area);
            }
            below.write(group * ins + c, first, count, planes, 0);
        }
    }

    /** The gradient from above, to [outs, samples * places]. */
    private void gather(Planes above, int group, Samples samples, Patches patches) {
        int columns = samples.count() * patches.places();
        float[] rows = bench.narrow(outs * columns);
        for (int c = 0; c < outs; c++) {
            above.read(group * outs + c, samples.first(), samples.count(), rows, c * columns);
            if (layer.bias() && wanted.weightGradient()) {
                double sum = 0;
                for (int i = c * columns; i < (c + 1) * columns; i++) {
                    sum += rows[i];
                }
                gradient[biasAt + group * outs + c] += (float) sum;
            }
        }
        bench.result.shape(outs, columns).put(rows, 0);
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
