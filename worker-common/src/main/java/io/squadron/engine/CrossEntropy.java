package io.squadron.engine;

/**
 * Softmax cross-entropy: the sum over classes of -weight * target * log p, as torch's CrossEntropyLoss has it before it
 * takes its mean, label smoothing and class weights included. Of a mixture it is the mixture of its losses.
 */
public record CrossEntropy(Goal goal) implements Loss {
    @Override
    public double sample(double[] logits, double[] target, double[] weights, double[] slopes) {
        double loss = 0;
        double whole = 0;
        Softmax.logs(logits, slopes);
        for (int c = 0; c < target.length; c++) {
            double wanted = weights[c] * target[c];
            loss -= wanted * slopes[c];
            whole += wanted;
        }
        for (int c = 0; c < target.length; c++) {
            slopes[c] = whole * Math.exp(slopes[c]) - weights[c] * target[c];
        }
        return loss;
    }
}
