package io.squadron.driver.experiment;

import java.util.List;

/**
 * Some values of the same thing.
 *
 * @param mean NaN of none
 * @param deviation of a sample (dividing by count - 1); NaN of fewer than two
 */
public record Spread(int count, double mean, double deviation, double least, double most) {
    public static Spread of(List<Double> values) {
        int count = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        double squares = values.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .sum();
        return new Spread(
                count,
                mean,
                count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1)),
                values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
                values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN));
    }

    /** Standard error of the difference of two means (Welch); NaN if either is of fewer than two values. */
    public double errorOfDifference(Spread other) {
        return Math.sqrt(deviation * deviation / count + other.deviation * other.deviation / other.count);
    }
}
