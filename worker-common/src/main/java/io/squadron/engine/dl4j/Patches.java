package io.squadron.engine.dl4j;

import io.squadron.model.Layer;
import java.util.Arrays;

/**
 * Unrolls planes of one channel into the rows of a matrix whose columns are the places of the window, and folds such rows
 * back by adding. Row (i, j) of a channel holds what the kernel's element (i, j) sees.
 */
record Patches(Layer.Window window, int height, int width, int outHeight, int outWidth) {
    int places() {
        return outHeight * outWidth;
    }

    /** Whether unrolling changes nothing: a 1x1 window at every pixel. */
    boolean plain() {
        return window.equals(Layer.Window.square(1, 1, 0));
    }

    int kernelArea() {
        return window.kernelHeight() * window.kernelWidth();
    }

    /** One plane to kernelArea() rows; row r begins at {@code to + r * pitch}. */
    void unroll(float[] plane, int from, float[] rows, int to, int pitch) {
        int row = to;
        for (int i = 0; i < window.kernelHeight(); i++) {
            for (int j = 0; j < window.kernelWidth(); j++, row += pitch) {
                for (int y = 0; y < outHeight; y++) {
                    int at = row + y * outWidth;
                    int line = y * window.strideHeight() + i - window.padHeight();
                    if (line < 0 || line >= height) {
                        Arrays.fill(rows, at, at + outWidth, 0f);
                    } else {
                        unrollLine(plane, from + line * width, rows, at, j - window.padWidth());
                    }
                }
            }
        }
    }

    /** Pixels shift, shift + stride, ... of one line; zeros beyond its ends. */
    private void unrollLine(float[] plane, int line, float[] rows, int to, int shift) {
        int stride = window.strideWidth();
        int first = first(shift, stride);
        int end = Math.max(first, end(shift, stride));
        Arrays.fill(rows, to, to + first, 0f);
        int at = line + shift + first * stride;
        if (stride == 1) {
            System.arraycopy(plane, at, rows, to + first, end - first);
        } else {
            for (int x = first; x < end; x++, at += stride) {
                rows[to + x] = plane[at];
            }
        }
        Arrays.fill(rows, to + end, to + outWidth, 0f);
    }

    /** The reverse of {@link #unroll}: adds every row to the pixels that it came from. */
    void fold(float[] rows, int from, int pitch, float[] plane, int to) {
        int row = from;
        for (int i = 0; i < window.kernelHeight(); i++) {
            for (int j = 0; j < window.kernelWidth(); j++, row += pitch) {
                for (int y = 0; y < outHeight; y++) {
                    int line = y * window.strideHeight() + i - window.padHeight();
                    if (line >= 0 && line < height) {
                        foldLine(rows, row + y * outWidth, plane, to + line * width, j - window.padWidth());
                    }
                }
            }
        }
    }

    private void foldLine(float[] rows, int from, float[] plane, int line, int shift) {
        int stride = window.strideWidth();
        int end = end(shift, stride);
        for (int x = first(shift, stride); x < end; x++) {
            plane[line + shift + x * stride] += rows[from + x];
        }
    }

    /** The first place whose pixel lies inside the line. */
    private int first(int shift, int stride) {
        return Math.min(outWidth, shift < 0 ? (-shift + stride - 1) / stride : 0);
    }

    /** One past the last place whose pixel lies inside the line. */
    private int end(int shift, int stride) {
        return shift >= width ? 0 : Math.min(outWidth, (width - 1 - shift) / stride + 1);
    }
}
