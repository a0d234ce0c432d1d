package io.squadron.model;

import java.io.Serializable;

/**
 * One kind of computation in a {@link ModelSpec}. Records only: a layer says what is computed, never how.
 * All images are described as (channels, height, width); all arithmetic follows torch.
 */
public sealed interface Layer extends Serializable {

    /** A window that slides over height and width: kernel, stride and zero padding on each side, in pixels. */
    record Window(int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int padHeight, int padWidth)
            implements Serializable {
        public static Window square(int kernel, int stride, int pad) {
            return new Window(kernel, kernel, stride, stride, pad, pad);
        }

        int outHeight(int height, boolean ceil) {
            return out(height, kernelHeight, strideHeight, padHeight, ceil);
        }

        int outWidth(int width, boolean ceil) {
            return out(width, kernelWidth, strideWidth, padWidth, ceil);
        }

        /** torch's rule: with ceil, the last window may hang over the edge but must start inside the image or its left pad. */
        private static int out(int size, int kernel, int stride, int pad, boolean ceil) {
            int room = size + 2 * pad - kernel;
            if (room < 0) {
                return 0;
            }
            int out = (ceil ? (room + stride - 1) / stride : room / stride) + 1;
            return ceil && (out - 1) * stride >= size + pad ? out - 1 : out;
        }
    }

    /** Cross-correlation with weight [out, in / groups, kernelHeight, kernelWidth] and, if {@code bias}, a bias [out]. */
    record Convolution(int in, int out, Window window, int groups, boolean bias) implements Layer {}

    /**
     * Batch normalisation over (batch, height, width): y = scale * (x - mean) / sqrt(variance + epsilon) + shift. In
     * training the statistics are those of the global batch (biased variance); the running ones move by {@code
     * momentum} towards them (unbiased variance), as in torch. Ioffe and Szegedy, arXiv:1502.03167.
     */
    record BatchNorm(int channels, float epsilon, float momentum) implements Layer {
        /** torch's default for BatchNorm2d: epsilon 1e-5, momentum 0.1. */
        public static BatchNorm of(int channels) {
            return new BatchNorm(channels, 1e-5f, 0.1f);
        }
    }

    record Relu() implements Layer {}

    /** Element-wise sum of its inputs, all of one shape. */
    record Add() implements Layer {}

    /** Concatenation of its inputs along the channels. */
    record Concat() implements Layer {}

    /** Maximum over a window, padded with minus infinity; {@code ceil} is torch's ceil_mode. */
    record MaxPool(Window window, boolean ceil) implements Layer {}

    /** Mean over a window, zeros of the padding counted; {@code ceil} is torch's ceil_mode. */
    record AveragePool(Window window, boolean ceil) implements Layer {}

    /** Mean over height and width: (c, h, w) to (c, 1, 1). */
    record GlobalAveragePool() implements Layer {}

    /** Mean over bins: row i of {@code height} covers floor(i*h/height) to ceil((i+1)*h/height), columns alike. */
    record AdaptiveAveragePool(int height, int width) implements Layer {}

    /**
     * y = x / (k + alpha/size * sum of squares over the channels c - size/2 .. c + (size-1)/2)^beta; what lies beyond the
     * first and last channel counts as zero. Krizhevsky et al. 2012, whose alpha is not divided by the size.
     */
    record LocalResponseNorm(int size, float alpha, float beta, float k) implements Layer {}

    /** (c, h, w) to (c*h*w, 1, 1), in that order. */
    record Flatten() implements Layer {}

    /** y = weight x + bias, weight [out, in]. */
    record Dense(int in, int out, boolean bias) implements Layer {}

    /**
     * In training sets all of a sample to zero with probability {@code drop} and divides that of the others by 1 - drop
     * (torchvision's mode "row"). Huang et al., arXiv:1603.09382.
     */
    record StochasticDepth(float drop) implements Layer {
        public StochasticDepth {
            if (!(drop >= 0 && drop < 1)) {
                throw new IllegalArgumentException(
                        "Cannot drop a share of %s (expected 0 <= share < 1)".formatted(drop));
            }
        }
    }

    /** In training sets each element to zero with probability {@code drop} and divides the others by 1 - drop. */
    record Dropout(float drop) implements Layer {
        public Dropout {
            if (!(drop >= 0 && drop < 1)) {
                throw new IllegalArgumentException(
                        "Cannot drop a share of %s (expected 0 <= share < 1)".formatted(drop));
            }
        }
    }
}
