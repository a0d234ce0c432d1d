package io.squadron.model;

import io.squadron.random.RandomStream;

/**
 * How the weights of convolutions and dense layers begin. Each slice draws from a stream named by the seed and its own
 * name, so that a slice begins alike whatever stands beside it. Batch norms begin at scale 1, shift 0, running mean 0,
 * running variance 1; biases at 0.
 *
 * <p>He: variance 2 / fan (arXiv:1502.01852). Xavier: variance 2 / (fan in + fan out) (Glorot and Bengio 2010). Uniform
 * draws lie in +-sqrt(3 * variance).
 */
public enum Initialisation {
    HE_NORMAL_FAN_IN,
    /** What torchvision's ResNets begin with: convolutions by fan out, dense layers as torch's Linear. */
    HE_NORMAL_FAN_OUT,
    HE_UNIFORM_FAN_IN,
    HE_UNIFORM_FAN_OUT,
    XAVIER_NORMAL,
    XAVIER_UNIFORM;

    /** Fresh weights for {@code spec}. */
    public Weights weights(ModelSpec spec, long seed) {
        Weights weights = Weights.zeros(spec.layout());
        for (Slice slice : weights.layout().slices()) {
            fill(weights.values(), slice, seed);
        }
        return weights;
    }

    /** Sets one slice to its beginning. */
    public void fill(float[] values, Slice slice, long seed) {
        switch (slice.role()) {
            case CONVOLUTION_WEIGHT, DENSE_WEIGHT -> draw(values, slice, RandomStream.of(seed, slice.name()));
            case NORM_SCALE, RUNNING_VARIANCE -> java.util.Arrays.fill(values, slice.offset(), slice.end(), 1f);
            case BIAS, NORM_SHIFT, RUNNING_MEAN -> java.util.Arrays.fill(values, slice.offset(), slice.end(), 0f);
        }
    }

    private void draw(float[] values, Slice slice, RandomStream random) {
        double deviation = Math.sqrt(variance(slice));
        double bound = Math.sqrt(3) * deviation;
        int end = slice.end();
        for (int i = slice.offset(); i < end; i++) {
            values[i] = (float) (uniform() ? random.between(-bound, bound) : deviation * random.nextGaussian());
        }
    }

    private boolean uniform() {
        return this == HE_UNIFORM_FAN_IN || this == HE_UNIFORM_FAN_OUT || this == XAVIER_UNIFORM;
    }

    private double variance(Slice slice) {
        return switch (this) {
            case HE_NORMAL_FAN_IN, HE_UNIFORM_FAN_IN -> 2.0 / slice.fanIn();
            case HE_NORMAL_FAN_OUT, HE_UNIFORM_FAN_OUT -> fanOutVariance(slice);
            case XAVIER_NORMAL, XAVIER_UNIFORM -> 2.0 / (slice.fanIn() + slice.fanOut());
        };
    }

    /**
     * The fan out of a head is its few classes, and 2 / classes would begin with logits of tens and a loss to match; dense
     * layers therefore begin with the variance of torch's Linear, whose uniform draws lie in +-1 / sqrt(fan in).
     */
    private static double fanOutVariance(Slice slice) {
        return slice.role() == Role.DENSE_WEIGHT ? 1.0 / (3.0 * slice.fanIn()) : 2.0 / slice.fanOut();
    }
}
