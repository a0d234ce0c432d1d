package io.squadron.optim;

import io.squadron.failure.Failure;

/**
 * Exponential moving average of the weights, running statistics included: after each step e = decay * e + (1 - decay) * w,
 * in float32 (Polyak and Juditsky 1992; the exponential form as in Tarvainen and Valpola, arXiv:1703.01780). Owned and
 * changed by one replica; its values go into checkpoints.
 */
public final class WeightAverage {
    private final float[] values;
    private final double decay;

    private WeightAverage(double decay, float[] values) {
        if (!(decay >= 0 && decay < 1)) {
            throw Failure.usage("Cannot average weights with decay %s (expected 0 or more and below 1)", decay);
        }
        this.decay = decay;
        this.values = values;
    }

    /** An average that begins at a copy of {@code weights}. */
    public static WeightAverage startingAt(double decay, float[] weights) {
        return new WeightAverage(decay, weights.clone());
    }

    /** An average that goes on from {@code values}, which it keeps and changes. */
    public static WeightAverage restored(double decay, float[] values) {
        return new WeightAverage(decay, values);
    }

    /** Takes in the weights after one step. */
    public void update(float[] weights) {
        if (weights.length != values.length) {
            throw new IllegalArgumentException(
                    "Cannot average %d weights into %d".formatted(weights.length, values.length));
        }
        float kept = (float) decay;
        float fresh = (float) (1 - decay);
        for (int i = 0; i < values.length; i++) {
            values[i] = kept * values[i] + fresh * weights[i];
        }
    }

    public double decay() {
        return decay;
    }

    /** The live average, laid out like the weights. */
    public float[] values() {
        return values;
    }
}
