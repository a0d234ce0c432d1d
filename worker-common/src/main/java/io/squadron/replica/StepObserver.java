package io.squadron.replica;

import io.squadron.engine.StepResult;

/** Watches steps as they end, on the thread of the rank that took them. What it throws ends the rank's round. */
@FunctionalInterface
public interface StepObserver {
    /** Rank {@code rank} has taken its share of {@code plan}. */
    void on(int rank, StepPlan plan, StepResult mine);

    static StepObserver none() {
        return (rank, plan, mine) -> {};
    }
}
