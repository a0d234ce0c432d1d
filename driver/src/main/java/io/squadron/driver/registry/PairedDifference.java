package io.squadron.driver.registry;

/**
 * By how much the accuracy of a second model exceeds that of a first one, where both have looked at the same samples. What
 * both got right, or both wrong, says nothing about the difference, so its uncertainty comes from the discordant pairs alone.
 *
 * <p>The interval is Wald's for matched proportions after half a pair has been added to each of the four cells: with b gained,
 * c lost, n samples and n' = n + 2,
 *
 * <pre>  d' = (b - c) / n'
 *  s' = sqrt(b + c + 1 - (b - c)^2 / n') / n'
 *  d' - z s'  ..  d' + z s'</pre>
 *
 * Agresti and Min, "Simple improved confidence intervals for comparing matched proportions", Statistics in Medicine 24 (2005).
 *
 * @param samples that both have seen
 * @param gained samples that the second alone got right
 * @param lost samples that the first alone got right
 */
public record PairedDifference(int samples, int gained, int lost) {
    /** The 97.5% quantile of the standard normal. */
    private static final double Z = 1.959963984540054;

    private static final double ADDED = 2;

    public PairedDifference {
        if (samples < 0 || gained < 0 || lost < 0 || gained + lost > samples) {
            throw new IllegalArgumentException(
                    "Cannot compare on %d samples with %d gained and %d lost".formatted(samples, gained, lost));
        }
    }

    /** Share of the samples, -1..1; 0 where there are none. */
    public double difference() {
        return samples == 0 ? 0 : (gained - lost) / (double) samples;
    }

    /** Lower end of the 95% confidence interval. */
    public double low() {
        return Math.max(-1, centre() - Z * deviation());
    }

    /** Upper end of the 95% confidence interval. */
    public double high() {
        return Math.min(1, centre() + Z * deviation());
    }

    private double centre() {
        return (gained - lost) / (samples + ADDED);
    }

    private double deviation() {
        double all = samples + ADDED;
        double net = gained - lost;
        return Math.sqrt(gained + lost + 1 - net * net / all) / all;
    }
}
