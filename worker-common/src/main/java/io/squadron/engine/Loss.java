package io.squadron.engine;

import io.squadron.failure.Failure;
import java.io.Serializable;

/**
 * What training makes small: a number for each sample, from its logits and its target. The target of a sample is its label,
 * or a mixture of two ({@link Targets}), of which a share may be spread over all classes ({@link Goal}). Losses are summed
 * over samples, in nats, and computed in float64 whatever engine made the logits. Records: thread-safe, no state.
 */
public sealed interface Loss extends Serializable permits CrossEntropy, Focal, BinaryCrossEntropy {
    /** Softmax cross-entropy against the labels as they are. */
    static Loss plain() {
        return smoothed(0);
    }

    /** Softmax cross-entropy with a share of each target spread over all classes. */
    static Loss smoothed(float share) {
        return new CrossEntropy(new Goal(share, ClassWeights.none()));
    }

    /** What samples are held against. */
    Goal goal();

    /**
     * The loss of one sample.
     *
     * @param logits of the sample, by class
     * @param target share of each class, adding up to 1
     * @param weights of the classes
     * @param slopes receives d loss / d logit
     */
    double sample(double[] logits, double[] target, double[] weights, double[] slopes);

    /**
     * Loss sum and correct count of a batch; a mixture counts as correct when its larger part is found.
     *
     * @param logits [targets.count() * classes], row by row
     * @param gradient receives d (sum of losses) / d logit; laid out like the logits
     */
    default StepResult evaluate(float[] logits, Targets targets, int classes, float[] gradient) {
        targets.require(classes);
        double[] weights = goal().weights().of(classes);
        double[] row = new double[classes];
        double[] target = new double[classes];
        double[] slopes = new double[classes];
        double loss = 0;
        int correct = 0;
        for (int i = 0; i < targets.count(); i++) {
            goal().write(targets, i, target);
            int best = 0;
            for (int c = 0; c < classes; c++) {
                row[c] = logits[i * classes + c];
                best = row[c] > row[best] ? c : best;
            }
            loss += sample(row, target, weights, slopes);
            correct += best == targets.main(i) ? 1 : 0;
            for (int c = 0; c < classes; c++) {
                gradient[i * classes + c] = (float) slopes[c];
            }
        }
        requireFinite(loss, targets.count());
        return new StepResult(loss, correct, targets.count());
    }

    /**
     * The same of a head whose loss is added to that of another: loss and gradient are multiplied with {@code weight}, and
     * neither samples nor correct ones are counted, so that the result can be merged with the other's.
     */
    default StepResult evaluateAuxiliary(float weight, float[] logits, Targets targets, int classes, float[] gradient) {
        double loss = evaluate(logits, targets, classes, gradient).lossSum();
        for (int i = 0; i < targets.count() * classes; i++) {
            gradient[i] *= weight;
        }
        return new StepResult(weight * loss, 0, 0);
    }

    private static void requireFinite(double loss, int count) {
        if (!Double.isFinite(loss)) {
            throw Failure.numeric(
                    "Cannot train on: the loss of a batch of %d is %s (expected a finite number). "
                            + "Lower the learning rate, warm up longer or clip gradients",
                    count, loss);
        }
    }
}
