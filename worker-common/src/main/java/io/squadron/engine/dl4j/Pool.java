package io.squadron.engine.dl4j;

import io.squadron.model.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The maximum or the mean over windows, which may hang over the edge. Of equal maxima the first one, row by row, gets the
 * gradient; a mean divides by what of its window lies inside the padded image. Both as in torch.
 */
final class Pool implements Kernel {
    private final Kind kind;
    private final Layer.Window window;
    private final int outHeight;
    private final int outWidth;

    /** What is made of a window. */
    enum Kind {
        MAXIMUM,
        MEAN
    }

    Pool(Kind kind, Layer.Window window, int outHeight, int outWidth) {
        this.kind = kind;
        this.window = window;
        this.outHeight = outHeight;
        this.outWidth = outWidth;
    }

    @Override
    public long[] resultShape(long[] shape) {
        return new long[] {shape[0], shape[1], outHeight, outWidth};
    }

    @Override
    public void forward(INDArray x, INDArray y, Pass pass) {
        Planes in = Planes.of(x);
        Planes out = Planes.of(y);
        Sides sides = new Sides((int) x.size(2), (int) x.size(3));
        float[] source = new float[in.perChannel()];
        float[] target = new float[out.perChannel()];
        for (int c = 0; c < in.channels(); c++) {
            in.read(c, source);
            for (int i = 0; i < target.length; i++) {
                Pane pane = pane(i, sides);
                target[i] = kind == Kind.MAXIMUM
                        ? source[largest(source, pane, sides)]
                        : (float) (sum(source, pane, sides) / pane.size);
            }
            out.write(c, target);
        }
    }

    @Override
    public void backward(INDArray x, INDArray dy, INDArray dx) {
        Planes in = Planes.of(x);
        Planes above = Planes.of(dy);
        Planes below = Planes.of(dx);
        Sides sides = new Sides((int) x.size(2), (int) x.size(3));
        float[] source = new float[in.perChannel()];
        float[] slopes = new float[above.perChannel()];
        for (int c = 0; c < in.channels(); c++) {
            in.read(c, source);
            above.read(c, slopes);
            float[] spread = new float[source.length];
            for (int i = 0; i < slopes.length; i++) {
                Pane pane = pane(i, sides);
                if (kind == Kind.MAXIMUM) {
                    spread[largest(source, pane, sides)] += slopes[i];
                } else {
                    add(spread, pane, sides, slopes[i] / pane.size);
                }
            }
            below.write(c, spread);
        }
    }

    private record Sides(int height, int width) {}

    /** What a window covers of an image that begins at {@code base}; {@code size} counts the padding, as far as it goes. */
    private record Pane(int base, int top, int bottom, int left, int right, int size) {}

    /** The window of result element {@code index}, counted through the whole batch of one channel. */
    private Pane pane(int index, Sides sides) {
        int sample = index / (outHeight * outWidth);
        int top = index / outWidth % outHeight * window.strideHeight() - window.padHeight();
        int left = index % outWidth * window.strideWidth() - window.padWidth();
        int bottom = Math.min(top + window.kernelHeight(), sides.height + window.padHeight());
        int right = Math.min(left + window.kernelWidth(), sides.width + window.padWidth());
        return new Pane(
                sample * sides.height * sides.width,
                Math.max(0, top),
                Math.min(bottom, sides.height),
                Math.max(0, left),
                Math.min(right, sides.width),
                (bottom - top) * (right - left));
    }

    private static int largest(float[] source, Pane pane, Sides sides) {
        int best = pane.base + pane.top * sides.width + pane.left;
        for (int y = pane.top; y < pane.bottom; y++) {
            int line = pane.base + y * sides.width;
            for (int at = line + pane.left; at < line + pane.right; at++) {
                best = source[at] > source[best] || Float.isNaN(source[at]) ? at : best;
            }
        }
        return best;
    }

    private static double sum(float[] source, Pane pane, Sides sides) {
        double sum = 0;
        for (int y = pane.top; y < pane.bottom; y++) {
            int line = pane.base + y * sides.width;
            for (int at = line + pane.left; at < line + pane.right; at++) {
                sum += source[at];
            }
        }
        return sum;
    }

    private static void add(float[] spread, Pane pane, Sides sides, float share) {
        for (int y = pane.top; y < pane.bottom; y++) {
            int line = pane.base + y * sides.width;
            for (int at = line + pane.left; at < line + pane.right; at++) {
                spread[at] += share;
            }
        }
    }
}
