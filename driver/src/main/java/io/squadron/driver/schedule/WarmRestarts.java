package io.squadron.driver.schedule;

/**
 * Cosines one after another, each {@code factor} times as long as the one before ("SGDR", Loshchilov and Hutter,
 * arXiv:1608.03983): with t counted from the last restart and T the length of the present cycle, rate = floor + (peak -
 * floor) * (1 + cos(pi * t / T)) / 2. The cycle is found by integer arithmetic: the logarithm in which torch finds it
 * rounds down at some restarts of factor 3 and 10 and gives the floor where the peak belongs.
 *
 * @param peak rate at each restart
 * @param floor rate that each cycle descends to, without reaching it
 * @param first steps of the first cycle
 * @param factor from the length of one cycle to that of the next, at least 1
 */
public record WarmRestarts(double peak, double floor, long first, int factor) implements Schedule {
    public WarmRestarts {
        Schedule.requireRate("peak learning rate", peak);
        Schedule.requireRate("floor learning rate", floor);
        Schedule.requireSteps("a first cycle", first);
        Schedule.requireSteps("a cycle factor", factor);
    }

    @Override
    public double at(long step) {
        if (factor == 1) {
            return Cosine.between(peak, floor, step % first, first);
        }
        long since = step;
        long length = first;
        while (since >= length) {
            since -= length;
            length = Math.multiplyExact(length, (long) factor);
        }
        return Cosine.between(peak, floor, since, length);
    }
}
