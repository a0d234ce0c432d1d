package io.squadron.engine;

import io.squadron.failure.Failure;

/**
 * Softmax cross-entropy with label smoothing, in nats: the target is (1 - e) on the label plus e / classes on every
 * class (Szegedy et al., arXiv:1512.00567). Where an image is a mixture, what is on the label is divided between its two
 * classes, which is the mixture of their losses (Zhang et al., arXiv:1710.09412). Computed in float64, whatever engine made
 * the logits.
 *
 * @param smoothing the share e, 0 .. 1
 */
public record CrossEntropy(float smoothing) {
    public CrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw Failure.usage("Cannot smooth labels by %s (expected 0 <= share < 1)", smoothing);
        }
    }

    /**
     * Loss sum and correct count of a batch; a mixture counts as correct when its larger part is found.
     *
     * @param logits [targets.count() * classes], row by row
     * @param gradient receives d (sum of losses) / d logit, that is softmax - target; laid out like the logits
     */
    public StepResult evaluate(float[] logits, Targets targets, int classes, float[] gradient) {
        require(targets, classes);
        int count = targets.count();
        double loss = 0;
        int correct = 0;
        double[] exponentials = new double[classes];
        for (int i = 0; i < count; i++) {
            int from = i * classes;
            int best = largest(logits, from, classes);
            loss += one(logits, from, aim(targets, i), logits[from + best], exponentials, gradient);
            correct += best == targets.main(i) ? 1 : 0;
        }
        if (!Double.isFinite(loss)) {
            throw Failure.numeric(
                    "Cannot train on: the loss of a batch of %d is %s (expected a finite number). "
                            + "Lower the learning rate, warm up longer or clip gradients",
                    count, loss);
        }
        return new StepResult(loss, correct, count);
    }

    /**
     * The same of a head whose loss is added to that of another: loss and gradient are multiplied with {@code weight}, and
     * neither samples nor correct ones are counted, so that the result can be merged with the other's.
     */
    public StepResult evaluateAuxiliary(float weight, float[] logits, Targets targets, int classes, float[] gradient) {
        double loss = evaluate(logits, targets, classes, gradient).lossSum();
        for (int i = 0; i < targets.count() * classes; i++) {
            gradient[i] *= weight;
        }
        return new StepResult(weight * loss, 0, 0);
    }

    /** Fails with the first label that is no class. */
    public static void require(Targets targets, int classes) {
        requireLabels(targets.labels(), classes);
        requireLabels(targets.others(), classes);
    }

    private static void requireLabels(int[] labels, int classes) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw Failure.data(
                        "Cannot train on sample %d of the batch: its label is %d (expected 0 to %d). "
                                + "Set the number of classes of the model to that of the dataset",
                        i, labels[i], classes - 1);
            }
        }
    }

    /** What a row is held against, beside what is spread over all classes. */
    private record Aim(int label, double hit, int other, double rest) {}

    private Aim aim(Targets targets, int row) {
        double hit = 1 - (double) smoothing;
        double share = targets.shares()[row];
        return new Aim(targets.labels()[row], hit * share, targets.others()[row], hit * (1 - share));
    }

    private double one(float[] logits, int from, Aim aim, double top, double[] exponentials, float[] gradient) {
        int classes = exponentials.length;
        double sum = 0;
        double logitSum = 0;
        for (int c = 0; c < classes; c++) {
            exponentials[c] = Math.exp(logits[from + c] - top);
            sum += exponentials[c];
            logitSum += logits[from + c] - top;
        }
        double spread = (double) smoothing / classes;
        for (int c = 0; c < classes; c++) {
            double aimed = (c == aim.label() ? aim.hit() : 0) + (c == aim.other() ? aim.rest() : 0);
            gradient[from + c] = (float) (exponentials[c] / sum - spread - aimed);
        }
        double hits = aim.hit() * (logits[from + aim.label()] - top) + aim.rest() * (logits[from + aim.other()] - top);
        return Math.log(sum) - hits - spread * logitSum;
    }

    private static int largest(float[] logits, int from, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = logits[from + c] > logits[from + best] ? c : best;
        }
        return best;
    }
}
