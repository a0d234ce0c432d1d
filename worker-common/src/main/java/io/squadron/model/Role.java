package io.squadron.model;

/** What a slice of the weights is, and so what may be done to it. */
public enum Role {
    CONVOLUTION_WEIGHT,
    DENSE_WEIGHT,
    BIAS,
    NORM_SCALE,
    NORM_SHIFT,
    RUNNING_MEAN,
    RUNNING_VARIANCE;

    /** Running statistics are measured, not learned: they have no gradient, and are never clipped, decayed or divided. */
    public boolean learned() {
        return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }

    /** Whether weight decay reaches it by default: weights, but neither biases nor batch norms (Goyal et al. 2017). */
    public boolean decays() {
        return this == CONVOLUTION_WEIGHT || this == DENSE_WEIGHT;
    }
}
