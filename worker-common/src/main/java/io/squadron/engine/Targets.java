package io.squadron.engine;

import io.squadron.failure.Failure;
import java.util.Arrays;

/**
 * What the images of a batch are to be taken for: each for a mixture of two classes, or, as usual, for one.
 *
 * @param labels class of each image, 0 .. classes - 1
 * @param others the other class of each; the same where there is only one
 * @param shares how much of each image is of {@code labels}, 0 .. 1; the rest is of {@code others}
 */
public record Targets(int[] labels, int[] others, float[] shares) {
    public Targets {
        if (others.length != labels.length || shares.length != labels.length) {
            throw new IllegalArgumentException("Cannot mix %d labels with %d others by %d shares"
                    .formatted(labels.length, others.length, shares.length));
        }
    }

    /** One class for each image. */
    public static Targets of(int[] labels) {
        float[] whole = new float[labels.length];
        Arrays.fill(whole, 1);
        return new Targets(labels, labels, whole);
    }

    public int count() {
        return labels.length;
    }

    /** Fails with the first label that is no class. */
    void require(int classes) {
        requireLabels(labels, classes);
        requireLabels(others, classes);
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

    /** The class that image {@code i} is mostly of. */
    int main(int i) {
        return shares[i] >= 0.5f ? labels[i] : others[i];
    }
}
