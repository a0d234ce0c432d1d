package io.squadron.evaluation;

/**
 * A 95% confidence interval of a share.
 *
 * @param low at least 0
 * @param high at most 1
 */
public record Interval(double low, double high) {
    /** The 97.5% quantile of the standard normal. */
    private static final double Z = 1.959963984540054;

    /** Wilson's score interval (Wilson 1927) of {@code successes} out of {@code trials}; NaN without trials. */
    public static Interval wilson(long successes, long trials) {
        double n = trials;
        double p = successes / n;
        double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
