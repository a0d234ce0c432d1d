package io.squadron.driver.schedule;

import io.squadron.failure.Failure;
import java.io.Serializable;

/**
 * The learning rate as a function of the step, counted from 0. Values: compose them ({@link LinearWarmup} and {@link
 * Sequence} take other schedules), compare them, send them. Pure; the same number on every machine.
 */
public sealed interface Schedule extends Serializable
        permits Constant, StepDecay, Cosine, LinearWarmup, WarmRestarts, Exponential, Sequence {
    /** The learning rate of step {@code step} (from 0; may lie after the schedule's end). */
    double at(long step);

    /** A rate that can be trained with: finite and not negative. */
    static void requireRate(String name, double rate) {
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw Failure.usage("Cannot use %s %s (expected 0 or more)", name, rate);
        }
    }

    /** A rate that others can be multiples of. */
    static void requirePositive(String name, double rate) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw Failure.usage("Cannot use %s %s (expected more than 0)", name, rate);
        }
    }

    /** A length that leads somewhere: at least one step. */
    static void requireSteps(String name, long steps) {
        if (steps < 1) {
            throw Failure.usage("Cannot use %s of %d steps (expected at least 1)", name, steps);
        }
    }
}
