package io.squadron.engine;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a loss holds samples against: (1 - e) on the label plus e / classes on every class (Szegedy et al.,
 * arXiv:1512.00567). Where an image is a mixture, what is on the label is divided between its two classes (Zhang et al.,
 * arXiv:1710.09412).
 *
 * @param smoothing the share e, 0 .. 1
 * @param weights how much each class counts
 */
public record Goal(float smoothing, ClassWeights weights) implements Serializable {
    public Goal {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw Failure.usage("Cannot smooth labels by %s (expected 0 <= share < 1)", smoothing);
        }
    }

    /** The labels as they are, all classes alike. */
    public static Goal plain() {
        return new Goal(0, ClassWeights.none());
    }

    /** The target of one row, by class. */
    void write(Targets targets, int row, double[] target) {
        double hit = 1 - (double) smoothing;
        double share = targets.shares()[row];
        Arrays.fill(target, (double) smoothing / target.length);
        target[targets.labels()[row]] += hit * share;
        target[targets.others()[row]] += hit * (1 - share);
    }
}
