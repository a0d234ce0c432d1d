package io.squadron.engine;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How much each class counts in a loss. Made from counts, the weights are scaled so that their mean over the counted samples
 * is 1: losses and gradients keep the size that they have without weights, and so does the best learning rate. What is
 * divided by is the number of samples of the global batch, where torch's weighted mean divides by the weights that happen to
 * be in the batch; over an epoch, drawn as it was counted, both come to the same.
 *
 * @param each by class; empty where all are 1
 */
public record ClassWeights(List<Double> each) implements Serializable {
    public ClassWeights {
        each = List.copyOf(each);
        if (!each.stream().allMatch(weight -> weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw Failure.usage("Cannot weigh classes by %s (expected finite weights, 0 or more)", each);
        }
    }

    /** All classes alike. */
    public static ClassWeights none() {
        return new ClassWeights(List.of());
    }

    /** 1 / n for a class of n samples: each class counts as much as each other. */
    public static ClassWeights balanced(int[] counts) {
        return scaled(counts, n -> 1 / n);
    }

    /**
     * (1 - beta) / (1 - beta^n), by the effective number of samples of Cui et al., arXiv:1901.05555: between no weights
     * (beta 0) and balanced ones (beta near 1).
     */
    public static ClassWeights effective(int[] counts, double beta) {
        if (!(beta >= 0 && beta < 1)) {
            throw Failure.usage("Cannot count effective samples with beta %s (expected 0 <= beta < 1)", beta);
        }
        return scaled(counts, n -> (1 - beta) / (1 - StrictMath.pow(beta, n)));
    }

    /** A class without samples gets 1: only what is spread over all classes reaches it. */
    private static ClassWeights scaled(int[] counts, DoubleUnaryOperator raw) {
        double sum = Arrays.stream(counts)
                .filter(n -> n > 0)
                .mapToDouble(n -> n * raw.applyAsDouble(n))
                .sum();
        double scale = Arrays.stream(counts).sum() / sum;
        return new ClassWeights(Arrays.stream(counts)
                .mapToDouble(n -> n > 0 ? scale * raw.applyAsDouble(n) : 1)
                .boxed()
                .toList());
    }

    /** One for each of {@code classes}. */
    double[] of(int classes) {
        if (each.isEmpty()) {
            double[] alike = new double[classes];
            Arrays.fill(alike, 1);
            return alike;
        }
        if (each.size() != classes) {
            throw Failure.usage("Cannot weigh %d classes by %d weights (expected as many)", classes, each.size());
        }
        return each.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
