package io.squadron.driver.schedule;

import io.squadron.replica.StepPlan;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one round is to be: some steps of one epoch, then perhaps duties of the driver.
 *
 * @param round number within the run, from 0
 * @param steps at least one, consecutive, all of one epoch
 * @param duties what the driver does when the steps are done
 */
public record RoundPlan(int round, List<StepPlan> steps, Set<Duty> duties) implements Serializable {
    /** What can be done between two rounds. */
    public enum Duty {
        EVALUATE,
        CHECKPOINT
    }

    public RoundPlan {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("Cannot plan round %d without steps".formatted(round));
        }
        steps = List.copyOf(steps);
        duties = Set.copyOf(duties);
    }

    /** The same steps with one more duty after them. */
    public RoundPlan with(Duty duty) {
        Set<Duty> more = new HashSet<>(duties);
        more.add(duty);
        return new RoundPlan(round, steps, more);
    }

    public boolean evaluates() {
        return duties.contains(Duty.EVALUATE);
    }

    public boolean checkpoints() {
        return duties.contains(Duty.CHECKPOINT);
    }

    public StepPlan first() {
        return steps.get(0);
    }

    public StepPlan last() {
        return steps.get(steps.size() - 1);
    }

    /** The epoch of all its steps. */
    public int epoch() {
        return first().epoch();
    }

    /** The position after it: the number of steps that are done when it is, from which the next round begins. */
    public long endStep() {
        return last().step() + 1;
    }

    /** Samples that its steps take, over all replicas. */
    public long samples() {
        return steps.stream().mapToLong(StepPlan::samples).sum();
    }
}
