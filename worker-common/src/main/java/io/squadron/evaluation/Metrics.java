package io.squadron.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a {@link Tally} says. All NaN when it is empty.
 *
 * @param loss mean cross-entropy in nats
 * @param topOne share of samples predicted rightly, 0..1
 * @param topFive share of samples whose label is among the five best guesses
 * @param interval 95% confidence interval of {@code topOne}
 * @param calibrationError expected calibration error: mean over the samples of |accuracy - confidence| of their bin (Guo,
 *     Pleiss, Sun and Weinberger 2017)
 * @param classes by label
 * @param macro every class alike
 * @param weighted every class by its samples
 * @param confused classes taken for others, the most frequent first
 */
public record Metrics(
        long samples,
        double loss,
        double topOne,
        double topFive,
        Interval interval,
        double calibrationError,
        List<ClassMetrics> classes,
        Averages macro,
        Averages weighted,
        List<ConfusedPair> confused) {

    public static Metrics of(Tally tally) {
        double samples = tally.samples();
        List<ClassMetrics> classes = IntStream.range(0, tally.classes())
                .mapToObj(label -> ClassMetrics.of(tally, label))
                .toList();
        return new Metrics(
                tally.samples(),
                tally.lossSum() / samples,
                tally.correct() / samples,
                tally.correctTopFive() / samples,
                Interval.wilson(tally.correct(), tally.samples()),
                calibrationError(tally),
                classes,
                Averages.macro(classes),
                Averages.bySupport(classes),
                List.copyOf(ConfusedPair.all(tally)));
    }

    private static double calibrationError(Tally tally) {
        double error = 0;
        for (CalibrationBin bin : tally.bins()) {
            error += Math.abs(bin.correct() - bin.confidenceSum());
        }
        return error / tally.samples();
    }
}
