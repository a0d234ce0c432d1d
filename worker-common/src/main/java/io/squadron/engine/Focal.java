package io.squadron.engine;

import io.squadron.failure.Failure;

/**
 * Focal loss: the sum over classes of -weight * target * (1 - p)^gamma * log p, with p from a softmax. What is classified
 * well already counts little. Lin et al., arXiv:1708.02002, in its form for classes of which one is right; their alpha are
 * the class weights. With gamma 0 it is cross-entropy.
 *
 * @param gamma how much less, 0 or more; the paper's choice is 2
 */
public record Focal(Goal goal, double gamma) implements Loss {
    public Focal {
        if (!(gamma >= 0 && gamma < Double.POSITIVE_INFINITY)) {
            throw Failure.usage("Cannot focus with gamma %s (expected 0 or more)", gamma);
        }
    }

    @Override
    public double sample(double[] logits, double[] target, double[] weights, double[] slopes) {
        double[] logs = new double[logits.length];
        Softmax.logs(logits, logs);
        double loss = 0;
        double pulled = 0;
        for (int c = 0; c < logits.length; c++) {
            double wanted = weights[c] * target[c];
            // Where p is 1, or nearly, 1 - p would lose its digits.
            double missed = -Math.expm1(logs[c]);
            double focus = Math.pow(missed, gamma);
            loss -= wanted * focus * logs[c];
            slopes[c] = wanted * pull(logs[c], missed, focus);
            pulled += slopes[c];
        }
        for (int c = 0; c < logits.length; c++) {
            slopes[c] = Math.exp(logs[c]) * pulled - slopes[c];
        }
        return loss;
    }

    /** -d/d(log p) of what a class adds: (1 - p)^gamma - gamma * p * (1 - p)^(gamma - 1) * log p. */
    private double pull(double log, double missed, double focus) {
        // At p = 1 the second part tends to 0 for every gamma above 0, as log p goes like -(1 - p).
        return missed == 0 || gamma == 0 ? focus : focus - gamma * Math.exp(log) * focus / missed * log;
    }
}
