package io.squadron.driver.training;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the validation accuracy of a run has gone: all that early stopping knows. It lies in the metrics of every checkpoint,
 * so that a resumed run ends where an undisturbed one does.
 *
 * @param best accuracy (0..1) that later ones have to exceed; below all before the first evaluation
 * @param bestStep steps done when it was measured
 * @param since evaluations after it, none of which exceeded it
 */
public record Trend(double best, long bestStep, int since) {
    private static final String BEST = "best-accuracy";
    private static final String BEST_STEP = "best-step";
    private static final String SINCE = "evaluations-since-best";

    /** Before the first evaluation. */
    public static Trend unknown() {
        return new Trend(Double.NEGATIVE_INFINITY, 0, 0);
    }

    /** What the metrics of a checkpoint say. */
    public static Trend of(Map<String, Double> metrics) {
        return metrics.containsKey(BEST)
                ? new Trend(metrics.get(BEST), Math.round(metrics.getOrDefault(BEST_STEP, 0.0)), (int)
                        Math.round(metrics.getOrDefault(SINCE, 0.0)))
                : unknown();
    }

    /** With the evaluation at {@code step}: a new best one if it exceeds the best by more than {@code delta}. */
    Trend after(double accuracy, long step, double delta) {
        return accuracy > best + delta ? new Trend(accuracy, step, 0) : new Trend(best, bestStep, since + 1);
    }

    Map<String, Double> metrics() {
        return bestStep == 0
                ? Map.of()
                : new TreeMap<>(Map.of(BEST, best, BEST_STEP, (double) bestStep, SINCE, (double) since));
    }
}
