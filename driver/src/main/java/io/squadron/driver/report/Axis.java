package io.squadron.driver.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The x axis of a {@link LineChart}.
 *
 * @param label below it
 * @param one what a value is called in a tip ("step")
 * @param over what the chart is over, for those who cannot see it
 */
record Axis(String label, String one, String over, double low, double high, Spacing spacing) {
    /** What equal distances are. */
    enum Spacing {
        DIFFERENCES,
        FACTORS
    }

    /** From 0 to the last step of a run. */
    static Axis steps(double steps) {
        return new Axis("steps", "step", "the steps of the run", 0, steps, Spacing.DIFFERENCES);
    }

    /** Over learning rates or other values of a key, both ends above 0 where they are spaced by factors. */
    static Axis values(String name, double low, double high, Spacing spacing) {
        return new Axis(name, name, name, low, high, spacing);
    }

    Scale scale(double from, double to) {
        return spacing == Spacing.DIFFERENCES
                ? Scale.exactly(low, high, 5, from, to)
                : Scale.exactly(Math.log10(low), Math.log10(high), 5, from, to);
    }

    double at(Scale scale, double value) {
        return scale.at(spacing == Spacing.DIFFERENCES ? value : Math.log10(value));
    }

    /** Values, not logarithms. */
    List<Double> ticks(Scale scale) {
        if (spacing == Spacing.DIFFERENCES) {
            return scale.ticks();
        }
        List<Double> ticks = new ArrayList<>();
        double[] digits = Math.log10(high / low) > 2 ? new double[] {1} : new double[] {1, 2, 5};
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
            for (double digit : digits) {
                double tick = digit * Math.pow(10, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    String write(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e12) {
            return Numbers.count(Math.round(value));
        }
        return Numbers.plain(value);
    }
}
