package io.squadron.driver.schedule;

/**
 * A staircase: rate(t) = rate * factor^floor(t / every). He et al., arXiv:1512.03385, section 3.4 (factor 0.1); torch's
 * StepLR.
 *
 * @param rate of the first stair
 * @param every steps on one stair
 * @param factor from one stair to the next
 */
public record StepDecay(double rate, long every, double factor) implements Schedule {
    public StepDecay {
        Schedule.requireRate("learning rate", rate);
        Schedule.requireRate("decay factor", factor);
        Schedule.requireSteps("a stair", every);
    }

    @Override
    public double at(long step) {
        long stair = step / every;
        return rate * StrictMath.pow(factor, (double) stair);
    }
}
