package io.squadron.driver.schedule;

/**
 * Half a cosine from peak to floor: rate(t) = floor + (peak - floor) * (1 + cos(pi * t / steps)) / 2 up to t = steps, then
 * floor for ever (torch's CosineAnnealingLR rises again there). Loshchilov and Hutter, arXiv:1608.03983, equation 5.
 *
 * @param peak rate of step 0
 * @param floor rate from step {@code steps} on
 * @param steps from peak to floor
 */
public record Cosine(double peak, double floor, long steps) implements Schedule {
    public Cosine {
        Schedule.requireRate("peak learning rate", peak);
        Schedule.requireRate("floor learning rate", floor);
        Schedule.requireSteps("a cosine", steps);
    }

    @Override
    public double at(long step) {
        return step >= steps ? floor : between(peak, floor, step, steps);
    }

    /** The point {@code step} / {@code steps} of the way down. */
    static double between(double peak, double floor, long step, long steps) {
        double way = (double) step / (double) steps;
        return floor + (peak - floor) * (1 + StrictMath.cos(Math.PI * way)) / 2;
    }
}
