package io.squadron.driver.experiment;

import java.util.Comparator;
import java.util.List;

/**
 * What came of a trial so far.
 *
 * @param run its directory
 * @param curve validation, in the order of the run
 * @param reason why it failed; empty unless it did
 */
public record TrialResult(Trial trial, String run, Status status, List<Point> curve, String reason) {
    /** Where a trial stands. */
    public enum Status {
        /** To its end, early stopping included. */
        DONE,
        /** Part of the way: it waits for others, or was left behind by halving. */
        PARTLY,
        FAILED
    }

    /**
     * A look at the validation split.
     *
     * @param epochs done
     * @param accuracy 0..1
     * @param loss in nats
     */
    public record Point(double epochs, double accuracy, double loss) {}

    public TrialResult {
        curve = List.copyOf(curve);
    }

    /** Whether it has a figure to be compared by. */
    public boolean counts() {
        return status != Status.FAILED && !curve.isEmpty();
    }

    /** The highest accuracy: that of the checkpoint that is kept. */
    public double best() {
        return curve.stream().mapToDouble(Point::accuracy).max().orElse(Double.NaN);
    }

    public double last() {
        return curve.isEmpty() ? Double.NaN : curve.get(curve.size() - 1).accuracy();
    }

    /** Accuracy when at most {@code epochs} were done; NaN before the first look. */
    public double at(double epochs) {
        return curve.stream()
                .filter(each -> each.epochs() <= epochs)
                .reduce((before, after) -> after)
                .map(Point::accuracy)
                .orElse(Double.NaN);
    }

    /** How far it came. */
    public double epochs() {
        return curve.stream()
                .max(Comparator.comparingDouble(Point::epochs))
                .map(Point::epochs)
                .orElse(0.0);
    }
}
