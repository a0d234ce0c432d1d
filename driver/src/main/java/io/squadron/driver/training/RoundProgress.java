package io.squadron.driver.training;

import io.squadron.engine.StepResult;
import io.squadron.replica.StepObserver;
import io.squadron.replica.StepPlan;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns what the ranks of one JVM see into {@link TrainingEvent.StepsDone}, told on the thread of rank 0 while the loop
 * waits for the round. Thread-safe.
 */
public final class RoundProgress implements StepObserver {
    private final TrainingListener listener;
    private final Map<Integer, StepResult> byRank = new HashMap<>();
    private long round = -1;

    public RoundProgress(TrainingListener listener) {
        this.listener = listener;
    }

    /** A round begins; what was seen of the one before is void. */
    public synchronized void begin(long next) {
        round = next;
        byRank.clear();
    }

    @Override
    public synchronized void on(int rank, StepPlan plan, StepResult mine) {
        byRank.merge(rank, mine, StepResult::merge);
        if (rank == 0) {
            StepResult soFar = byRank.values().stream().reduce(StepResult.empty(), StepResult::merge);
            listener.on(new TrainingEvent.StepsDone(round, plan.step() + 1, plan.epoch(), soFar, plan.learningRate()));
        }
    }
}
