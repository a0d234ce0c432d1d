package io.squadron.jobs.compose;

import io.squadron.driver.schedule.Constant;
import io.squadron.driver.schedule.Cosine;
import io.squadron.driver.schedule.Extent;
import io.squadron.driver.schedule.LinearWarmup;
import io.squadron.driver.schedule.Schedule;
import io.squadron.driver.schedule.StepDecay;
import io.squadron.driver.schedule.WarmRestarts;
import io.squadron.jobs.config.ScheduleConfig;

/** From the words of the configuration to a schedule over the steps of a run. */
final class Schedules {
    private Schedules() {}

    static Schedule of(ScheduleConfig config, double peak, Extent extent) {
        long warmup = extent.steps(config.warmup());
        Schedule main = main(config, peak, extent, extent.totalSteps() - warmup);
        return warmup == 0 ? main : new LinearWarmup(config.warmupFrom(), warmup, main);
    }

    private static Schedule main(ScheduleConfig config, double peak, Extent extent, long steps) {
        double floor = config.floor() * peak;
        return switch (config.name()) {
            case CONSTANT -> new Constant(peak);
            case STEP -> new StepDecay(peak, extent.steps(config.stepEvery()), config.stepFactor());
            case COSINE -> new Cosine(peak, floor, Math.max(1, steps));
            case RESTARTS -> new WarmRestarts(peak, floor, extent.steps(config.restartFirst()), config.restartFactor());
        };
    }
}
