package io.squadron.engine;

/** Logarithms of the shares that logits stand for, when exactly one class is right. */
final class Softmax {
    private Softmax() {}

    /** log p of each class to {@code logs}; the largest logit is taken away first, so that nothing overflows. */
    static void logs(double[] logits, double[] logs) {
        // No stream: for each sample of each step it would leave objects behind.
        double top = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            top = Math.max(top, logit);
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - top);
        }
        double log = Math.log(sum);
        for (int c = 0; c < logits.length; c++) {
            logs[c] = logits[c] - top - log;
        }
    }
}
