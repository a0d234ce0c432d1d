package io.squadron.driver.training;

import java.util.function.BooleanSupplier;

/**
 * Where a run may end before its plan does. None of it changes a number of the steps that are taken.
 *
 * @param patience evaluations in a row without improvement over the best one after which the run is over; 0: it never is
 * @param delta by how much accuracy (0..1) has to exceed the best one to be an improvement
 * @param pauseAt step at which the run rests, looked at and saved, to be gone on with later; the end of an epoch
 * @param stop whether someone has asked the run to leave; looked at after each round
 */
public record Ending(int patience, double delta, long pauseAt, BooleanSupplier stop) {
    /** Only where the plan ends. */
    public static Ending ofPlan() {
        return early(0, 0);
    }

    /** Where the plan ends, or when nothing gets better. Prechelt 1998, "Early stopping - but when?", his third class. */
    public static Ending early(int patience, double delta) {
        return new Ending(patience, delta, Long.MAX_VALUE, () -> false);
    }

    public Ending pausedAt(long step) {
        return new Ending(patience, delta, step, stop);
    }

    /** The same, and after the round in which {@code asked} becomes true. */
    public Ending stoppedBy(BooleanSupplier asked) {
        return new Ending(patience, delta, pauseAt, asked);
    }

    /** Whether a run of this trend is over. */
    public boolean over(Trend trend) {
        return patience > 0 && trend.since() >= patience;
    }

    /** Whether one more evaluation may end the run, so that the state it looks at has to be saved. */
    boolean near(Trend trend) {
        return patience > 0 && trend.since() + 1 >= patience;
    }
}
