package io.squadron.evaluation;

import java.io.Serializable;

/**
 * The samples whose confidence (probability of the predicted class) falls into one interval; merges by adding.
 *
 * @param confidenceSum sum of their confidences
 * @param correct how many of them were predicted rightly
 */
public record CalibrationBin(long count, double confidenceSum, long correct) implements Serializable {
    public static CalibrationBin empty() {
        return new CalibrationBin(0, 0, 0);
    }

    public CalibrationBin merge(CalibrationBin other) {
        return new CalibrationBin(count + other.count, confidenceSum + other.confidenceSum, correct + other.correct);
    }

    /** Mean confidence; NaN when the bin is empty. */
    public double confidence() {
        return confidenceSum / count;
    }

    /** Share that was right; NaN when the bin is empty. */
    public double accuracy() {
        return (double) correct / count;
    }
}
