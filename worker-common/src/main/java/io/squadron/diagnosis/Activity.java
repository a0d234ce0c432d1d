package io.squadron.diagnosis;

import java.util.Arrays;

/**
 * What flows through one place of a network over some images, channel by channel.
 *
 * @param mean by channel
 * @param deviation by channel, over images and positions
 * @param positive share of values above zero, by channel, 0..1
 */
public record Activity(double[] mean, double[] deviation, double[] positive) {
    /** Mean over the channels. */
    public double level() {
        return Arrays.stream(mean).average().orElse(Double.NaN);
    }

    /** Root of the mean variance of the channels: the spread around each channel's own mean. */
    public double spread() {
        return Math.sqrt(
                Arrays.stream(deviation).map(each -> each * each).average().orElse(Double.NaN));
    }

    /** Share of units that never are positive: behind a ReLU they give nothing and learn nothing. */
    public double dead() {
        return shareOf(0);
    }

    /** Share of units that always are positive: their ReLU never bends, they are linear. */
    public double saturated() {
        return shareOf(1);
    }

    /** Share of values that are above zero. */
    public double active() {
        return Arrays.stream(positive).average().orElse(Double.NaN);
    }

    private double shareOf(double level) {
        return Arrays.stream(positive).filter(each -> each == level).count() / (double) positive.length;
    }
}
