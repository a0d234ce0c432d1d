package io.squadron.driver.schedule;

import io.squadron.failure.Failure;
import java.io.Serializable;

/**
 * How often replicas become equal: every step (gradients are summed: exactly large-batch SGD) or every N steps (local
 * SGD, Stich, arXiv:1805.09767), and a step at which one turns into the other (post-local SGD, Lin et al.,
 * arXiv:1808.07217).
 *
 * @param every steps from one averaging to the next, before the switch
 * @param later the same from the switch on
 * @param switchStep first step of the second regime
 */
public record Averaging(long every, long later, long switchStep) implements Serializable {
    public Averaging {
        if (every < 1 || later < 1 || switchStep < 0) {
            throw Failure.usage(
                    "Cannot average every %d steps and every %d from step %d on (expected at least 1, and a step from 0)",
                    every, later, switchStep);
        }
    }

    /** Every {@code steps} steps from beginning to end. */
    public static Averaging every(long steps) {
        return new Averaging(steps, steps, 0);
    }

    /** The interval that holds at {@code step}. */
    long at(long step) {
        return step < switchStep ? every : later;
    }
}
