package io.squadron.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean over bins: bin i of n over a side of s covers floor(i*s/n) to ceil((i+1)*s/n), as in torch. */
final class AdaptiveAverage implements Kernel {
    private final int height;
    private final int width;

    AdaptiveAverage(int height, int width) {
        this.height = height;
        this.width = width;
    }

    @Override
    public long[] resultShape(long[] shape) {
        return new long[] {shape[0], shape[1], height, width};
    }

    @Override
    public void forward(INDArray x, INDArray y, Pass pass) {
        Planes in = Planes.of(x);
        Planes out = Planes.of(y);
        float[] source = new float[in.perChannel()];
        float[] target = new float[out.perChannel()];
        int rows = (int) x.size(2);
        int columns = (int) x.size(3);
        for (int c = 0; c < in.channels(); c++) {
            in.read(c, source);
            for (int i = 0; i < target.length; i++) {
                Bin bin = bin(i, rows, columns);
                double sum = 0;
                for (int at = bin.from; at < bin.end; at = bin.next(at)) {
                    sum += source[at];
                }
                target[i] = (float) (sum / bin.size());
            }
            out.write(c, target);
        }
    }

    @Override
    public void backward(INDArray x, INDArray dy, INDArray dx) {
        Planes above = Planes.of(dy);
        Planes below = Planes.of(dx);
        float[] slopes = new float[above.perChannel()];
        int rows = (int) x.size(2);
        int columns = (int) x.size(3);
        for (int c = 0; c < above.channels(); c++) {
            above.read(c, slopes);
            float[] spread = new float[below.perChannel()];
            for (int i = 0; i < slopes.length; i++) {
                Bin bin = bin(i, rows, columns);
                for (int at = bin.from; at < bin.end; at = bin.next(at)) {
                    spread[at] += slopes[i] / bin.size();
                }
            }
            below.write(c, spread);
        }
    }

    /** The bin of result element {@code index}, counted through the whole batch of one channel. */
    private Bin bin(int index, int rows, int columns) {
        int sample = index / (height * width);
        int i = index / width % height;
        int j = index % width;
        int top = i * rows / height;
        int bottom = ((i + 1) * rows + height - 1) / height;
        int left = j * columns / width;
        int right = ((j + 1) * columns + width - 1) / width;
        int from = (sample * rows + top) * columns + left;
        return new Bin(from, (sample * rows + bottom - 1) * columns + right, right - left, columns, bottom - top);
    }

    /** A rectangle inside a plane whose rows are {@code pitch} apart. */
    private record Bin(int from, int end, int width, int pitch, int height) {
        int size() {
            return width * height;
        }

        int next(int at) {
            return (at - from) % pitch == width - 1 ? at + 1 + pitch - width : at + 1;
        }
    }
}
