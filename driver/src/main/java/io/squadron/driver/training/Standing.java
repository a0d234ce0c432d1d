package io.squadron.driver.training;

import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.replica.Origin;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a run stands when its loop begins, and where it goes back to: a state on storage, and what was known by then.
 *
 * @param metrics of the last evaluation, and the {@link Trend} up to it
 */
public record Standing(Origin origin, Map<String, Double> metrics) {
    public Standing {
        metrics = Map.copyOf(metrics);
    }

    /** Nothing is done yet. */
    public static Standing fresh() {
        return new Standing(new Origin.Fresh(), Map.of());
    }

    public static Standing at(Checkpoint checkpoint) {
        return new Standing(new Origin.Saved(checkpoint.state()), checkpoint.metrics());
    }

    /** Steps that are done. */
    public long step() {
        return origin instanceof Origin.Saved saved ? saved.state().step() : 0;
    }

    public Trend trend() {
        return Trend.of(metrics);
    }

    /** The same state, looked at: the evaluation of {@code step} gave these. */
    Standing evaluated(long step, Map<String, Double> found, Trend trend) {
        Map<String, Double> all = new TreeMap<>(found);
        all.put("evaluated-at", (double) step);
        all.putAll(trend.metrics());
        return new Standing(origin, all);
    }
}
