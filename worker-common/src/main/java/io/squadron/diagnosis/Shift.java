package io.squadron.diagnosis;

/**
 * How far new data lie from old ones at one place of a network: channel by channel |new mean - old mean| in units of the
 * old deviation (the standardised difference of Cohen 1988, with the deviation of the old), averaged over the channels.
 *
 * @param distance 0 where all means are equal; NaN where no old channel varies
 * @param stretch geometric mean over the channels of new deviation / old deviation; 1 where they are equal
 */
public record Shift(double distance, double stretch) {
    /** A channel that varies less than this share of the typical spread has no unit to measure in. */
    private static final double LEAST = 1e-3;

    public static Shift between(Activity old, Activity other) {
        if (old.mean().length != other.mean().length) {
            throw new IllegalArgumentException(
                    "Cannot compare %d channels with %d".formatted(old.mean().length, other.mean().length));
        }
        double least = LEAST * old.spread();
        double distance = 0;
        double logarithm = 0;
        int channels = 0;
        for (int c = 0; c < old.mean().length; c++) {
            double unit = old.deviation()[c];
            if (unit > least) {
                distance += Math.abs(other.mean()[c] - old.mean()[c]) / unit;
                logarithm += Math.log(Math.max(other.deviation()[c], least) / unit);
                channels++;
            }
        }
        return new Shift(distance / channels, Math.exp(logarithm / channels));
    }
}
