package io.squadron.replica;

import java.io.Serializable;
import java.util.List;

/**
 * The work of one round, the same for every rank.
 *
 * @param round number, from 0
 * @param startStep the step whose state the round starts from
 * @param steps in order; may be empty for a round that only evaluates
 * @param origin of the state if no rank holds it
 */
public record RoundTask(
        int round, long startStep, List<StepPlan> steps, Origin origin, Examination examination, SavePoint savePoint)
        implements Serializable {
    public RoundTask {
        steps = List.copyOf(steps);
    }

    public long endStep() {
        return startStep + steps.size();
    }
}
