package io.squadron.driver.schedule;

/**
 * One schedule after another: first(t) for t below steps, then(t - steps) from there.
 *
 * @param steps how long {@code first} lasts
 */
public record Sequence(Schedule first, long steps, Schedule then) implements Schedule {
    public Sequence {
        Schedule.requireSteps("the first of two schedules", steps);
    }

    @Override
    public double at(long step) {
        return step < steps ? first.at(step) : then.at(step - steps);
    }
}
