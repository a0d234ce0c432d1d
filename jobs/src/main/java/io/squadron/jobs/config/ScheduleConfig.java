package io.squadron.jobs.config;

import io.squadron.driver.schedule.Span;
import java.io.Serializable;

/** The learning rate over the run, as shares of the optimiser's. */
public record ScheduleConfig(
        Name name,
        Span warmup,
        double warmupFrom,
        double floor,
        Span stepEvery,
        double stepFactor,
        Span restartFirst,
        int restartFactor)
        implements Checked, Serializable {
    /** Which curve. */
    public enum Name {
        CONSTANT,
        STEP,
        COSINE,
        RESTARTS
    }

    @Override
    public void check(Checks checks) {
        checks.within("warmup-from", warmupFrom, 0, 1);
        checks.within("floor", floor, 0, 1);
        checks.positive("step-every", stepEvery);
        checks.that(stepFactor > 0 && stepFactor <= 1, "step-factor", "above 0 and at most 1");
        checks.positive("restart-first", restartFirst);
        checks.atLeast("restart-factor", restartFactor, 1);
    }
}
