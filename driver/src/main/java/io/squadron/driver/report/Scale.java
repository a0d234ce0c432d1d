package io.squadron.driver.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A straight map from values to pixels, with ends on round numbers.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}, above {@code low}
 * @param step between ticks: 1, 2 or 5 times a power of ten
 */
record Scale(double low, double high, double step, double from, double to) {
    /** A scale that holds both values, with about {@code ticks} ticks, its ends rounded outwards. */
    static Scale around(double least, double most, int ticks, double from, double to) {
        double span = most > least ? most - least : Math.max(Math.abs(most), 1e-9);
        double step = roundStep(span / ticks);
        double low = Math.floor(least / step + 1e-9) * step;
        double high = Math.ceil(most / step - 1e-9) * step;
        return new Scale(low, high > low ? high : low + step, step, from, to);
    }

    /** A scale whose ends are exactly these values. */
    static Scale exactly(double low, double high, int ticks, double from, double to) {
        double end = high > low ? high : low + 1;
        return new Scale(low, end, roundStep((end - low) / ticks), from, to);
    }

    private static double roundStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return (digit <= 1.5 ? 1 : digit <= 3.5 ? 2 : digit <= 7.5 ? 5 : 10) * power;
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
