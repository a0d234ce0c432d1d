package io.squadron.baseline;

import java.util.Arrays;

/**
 * Mean cross-entropy of softmax(W x + b) plus half the penalty times the squared weights, with its gradient (Bishop 2006,
 * section 4.3.4). Sums run in the order of the samples, so the same input gives the same bits.
 */
final class SoftmaxObjective implements Lbfgs.Objective {

    /** Which parameter lies where. // parameters: (classes, inputs), then (classes) biases */
    record Shape(int classes, int inputs) {
        int size() {
            return Math.multiplyExact(classes, inputs + 1);
        }

        /** One score for each class. // (classes) */
        double[] scores(double[] parameters, float[] pixels) {
            if (pixels.length != inputs) {
                throw new IllegalArgumentException(
                        "Cannot score %d pixels: the model was trained on %d".formatted(pixels.length, inputs));
            }
            double[] scores = Arrays.copyOfRange(parameters, classes * inputs, size());
            for (int k = 0; k < classes; k++) {
                scores[k] += dot(parameters, k * inputs, pixels);
            }
            return scores;
        }

        // Four sums at once: one sum would wait for each addition to end before the next.
        private double dot(double[] weights, int from, float[] pixels) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = 0;
            for (; i + 3 < inputs; i += 4) {
                a += weights[from + i] * pixels[i];
                b += weights[from + i + 1] * pixels[i + 1];
                c += weights[from + i + 2] * pixels[i + 2];
                d += weights[from + i + 3] * pixels[i + 3];
            }
            for (; i < inputs; i++) {
                a += weights[from + i] * pixels[i];
            }
            return (a + b) + (c + d);
        }
    }

    private final Shape shape;
    private final float[][] pixels; // (samples, inputs)
    private final int[] labels; // (samples)
    private final double penalty;

    private SoftmaxObjective(Shape shape, float[][] pixels, int[] labels, double penalty) {
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
        this.penalty = penalty;
    }

    static SoftmaxObjective of(float[][] pixels, int[] labels, int classes, double penalty) {
        if (pixels.length == 0 || pixels.length != labels.length || classes < 2) {
            throw new IllegalArgumentException("Cannot train on %d rows of pixels, %d labels, %d classes"
                    .formatted(pixels.length, labels.length, classes));
        }
        int inputs = pixels[0].length;
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i].length != inputs || labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "Cannot train on sample %d: %d pixels, label %d (expected %d pixels, a label below %d)"
                                .formatted(i, pixels[i].length, labels[i], inputs, classes));
            }
        }
        return new SoftmaxObjective(new Shape(classes, inputs), pixels, labels, penalty);
    }

    Shape shape() {
        return shape;
    }

    @Override
    public int size() {
        return shape.size();
    }

    @Override
    public double valueAndGradient(double[] parameters, double[] gradient) {
        Arrays.fill(gradient, 0);
        double loss = 0;
        for (int i = 0; i < pixels.length; i++) {
            double[] errors = shape.scores(parameters, pixels[i]);
            loss += lossAndErrors(errors, labels[i]);
            accumulate(errors, pixels[i], gradient);
        }
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] /= pixels.length;
        }
        return loss / pixels.length + penalise(parameters, gradient);
    }

    // Turns scores into softmax - one-hot, the derivative of the loss by the scores. The maximum is taken off first, so
    // that no exponential overflows; StrictMath, so that every machine has the same bits.
    private static double lossAndErrors(double[] scores, int label) {
        double greatest = Arrays.stream(scores).max().orElseThrow();
        double sum = 0;
        double labelled = scores[label] - greatest;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = StrictMath.exp(scores[k] - greatest);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        scores[label] -= 1;
        return StrictMath.log(sum) - labelled;
    }

    private void accumulate(double[] errors, float[] row, double[] gradient) {
        int biases = shape.classes() * shape.inputs();
        for (int k = 0; k < errors.length; k++) {
            double error = errors[k];
            int from = k * shape.inputs();
            for (int j = 0; j < row.length; j++) {
                gradient[from + j] += error * row[j];
            }
            gradient[biases + k] += error;
        }
    }

    private double penalise(double[] parameters, double[] gradient) {
        double squares = 0;
        for (int j = 0; j < shape.classes() * shape.inputs(); j++) {
            squares += parameters[j] * parameters[j];
            gradient[j] += penalty * parameters[j];
        }
        return penalty * squares / 2;
    }
}
