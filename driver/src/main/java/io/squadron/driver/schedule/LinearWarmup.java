package io.squadron.driver.schedule;

/**
 * A straight ascent to another schedule: rate(t) = then(0) * (fromFactor + (1 - fromFactor) * t / steps) for t below
 * steps, and then(t - steps) from there, so that the peak is reached and kept whole. Goyal et al., arXiv:1706.02677,
 * section 2.2 ("gradual warmup", per step); torch's SequentialLR of LinearLR and another.
 *
 * @param fromFactor share of the target at step 0
 * @param steps until the other schedule begins
 * @param then what follows, shifted by {@code steps}
 */
public record LinearWarmup(double fromFactor, long steps, Schedule then) implements Schedule {
    public LinearWarmup {
        Schedule.requireRate("warm-up factor", fromFactor);
        Schedule.requireSteps("a warm-up", steps);
    }

    @Override
    public double at(long step) {
        if (step >= steps) {
            return then.at(step - steps);
        }
        double way = (double) step / (double) steps;
        return then.at(0) * (fromFactor + (1 - fromFactor) * way);
    }
}
