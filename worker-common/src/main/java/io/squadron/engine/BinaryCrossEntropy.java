package io.squadron.engine;

/**
 * Binary cross-entropy, each class against the rest: the sum over classes of -target * log s - (1 - target) * log(1 - s), with
 * s the sigmoid of the class's logit. Classes do not compete, so that several can be right, or none. As in Wightman, Touvron
 * and Jegou, arXiv:2110.00476, but summed over classes, not averaged: a slope is s - target, of the size that it has in
 * {@link CrossEntropy}. A sample weighs as its classes do: by the sum of weight * target (Cui et al., arXiv:1901.05555, for
 * sigmoids).
 */
public record BinaryCrossEntropy(Goal goal) implements Loss {
    @Override
    public double sample(double[] logits, double[] target, double[] weights, double[] slopes) {
        double weight = 0;
        for (int c = 0; c < logits.length; c++) {
            weight += weights[c] * target[c];
        }
        double loss = 0;
        for (int c = 0; c < logits.length; c++) {
            double tail = Math.exp(-Math.abs(logits[c]));
            // log(1 + e^z) - target * z, so written that nothing overflows.
            loss += Math.max(logits[c], 0) + Math.log1p(tail) - target[c] * logits[c];
            double sigmoid = logits[c] >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
            slopes[c] = weight * (sigmoid - target[c]);
        }
        return weight * loss;
    }
}
