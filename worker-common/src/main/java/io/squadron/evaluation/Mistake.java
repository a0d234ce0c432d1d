package io.squadron.evaluation;

import java.io.Serializable;
import java.util.Comparator;

/**
 * One sample that the model got wrong.
 *
 * @param id stable id of the sample
 * @param position of the sample in the dataset's index
 * @param predictedProbability what the softmax gives the predicted class, 0..1
 * @param labelProbability what the softmax gives the true class, 0..1
 * @param loss cross-entropy in nats
 */
public record Mistake(
        long id,
        int position,
        int label,
        int predicted,
        double predictedProbability,
        double labelProbability,
        double loss)
        implements Serializable {

    /** The worst first: highest loss, then lowest id, then lowest position; a total order over distinct samples. */
    public static final Comparator<Mistake> WORST_FIRST = Comparator.comparingDouble(Mistake::loss)
            .reversed()
            .thenComparingLong(Mistake::id)
            .thenComparingInt(Mistake::position);
}
