package io.squadron.driver.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Successive halving (Jamieson and Talwalkar, arXiv:1502.07943; factor 3 as in Li et al., arXiv:1603.06560): all settings
 * train a little, the best third goes on three times as far, and so on to the end. The budget of a rung is epochs of the
 * whole run's schedule, not a schedule of its own.
 *
 * @param epochs of a whole run
 */
public record Halving(int epochs) {
    public static final int FACTOR = 3;

    /**
     * A stage.
     *
     * @param epochs that are done at its end
     * @param settings that take part
     */
    public record Rung(int epochs, int settings) {}

    /** The stages for {@code settings}, the first of at least one epoch; the last is the whole run. */
    public List<Rung> rungs(int settings) {
        List<Integer> budgets = new ArrayList<>();
        int left = settings;
        for (int budget = epochs; budget >= 1 && left >= 1; budget /= FACTOR, left /= FACTOR) {
            budgets.add(budget);
        }
        Collections.reverse(budgets);
        List<Rung> rungs = new ArrayList<>();
        int part = settings;
        for (int budget : budgets) {
            rungs.add(new Rung(budget, Math.max(1, part)));
            part /= FACTOR;
        }
        return rungs;
    }
}
