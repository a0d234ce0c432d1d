package io.squadron.engine.onednn;

import java.nio.FloatBuffer;

/**
 * The parameters of a batch norm that takes its running statistics for given, where they lie.
 *
 * @param epsilon added to the variance
 */
record GivenNorm(FloatBuffer weight, FloatBuffer bias, FloatBuffer mean, FloatBuffer variance, float epsilon) {
    /** Writes it as x * scale + shift, channel by channel. */
    void fold(FloatBuffer scales, FloatBuffer shifts) {
        for (int c = 0; c < scales.capacity(); c++) {
            double scale = weight.get(c) / Math.sqrt((double) variance.get(c) + epsilon);
            scales.put(c, (float) scale);
            shifts.put(c, (float) (bias.get(c) - mean.get(c) * scale));
        }
    }
}
