package io.squadron.driver.schedule;

/**
 * From one rate to another by equal factors: rate(t) = from (to / from)^(t / (steps - 1)) up to t = steps - 1, then {@code to}
 * for ever. For learning-rate range tests (Smith, arXiv:1506.01186), which look at rates of several magnitudes.
 *
 * @param from rate of step 0, above 0
 * @param to rate of step {@code steps - 1}, above 0
 * @param steps at least 2
 */
public record Exponential(double from, double to, long steps) implements Schedule {
    public Exponential {
        Schedule.requirePositive("first learning rate", from);
        Schedule.requirePositive("last learning rate", to);
        Schedule.requireSteps("the way between two learning rates", steps - 1);
    }

    @Override
    public double at(long step) {
        double way = Math.min(1, (double) step / (steps - 1));
        return from * StrictMath.pow(to / from, way);
    }
}
