package io.squadron.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /** Rows are labels. Class 2 is never predicted, class 3 does not occur. */
    private static final Tally TALLY = tally(new long[][] {{8, 2, 0, 0}, {1, 9, 0, 0}, {3, 1, 0, 0}, {0, 0, 0, 0}});

    @Test
    void perClassValuesAreThoseWorkedOutByHand() {
        List<ClassMetrics> classes = Metrics.of(TALLY).classes();
        assertThat(classes.get(0).precision()).isCloseTo(8 / 12.0, EXACT);
        assertThat(classes.get(0).recall()).isCloseTo(0.8, EXACT);
        assertThat(classes.get(0).f1()).isCloseTo(16 / 22.0, EXACT);
        assertThat(classes.get(1).precision()).isCloseTo(9 / 12.0, EXACT);
        assertThat(classes.get(1).support()).isEqualTo(10);
    }

    @Test
    void aClassNeverPredictedHasNoPrecisionButAnF1OfZero() {
        ClassMetrics never = Metrics.of(TALLY).classes().get(2);
        assertThat(never.precision()).isNaN();
        assertThat(never.recall()).isZero();
        assertThat(never.f1()).isZero();
    }

    @Test
    void averagesLeaveOutWhatDoesNotOccurAndCountUndefinedAsZero() {
        Metrics metrics = Metrics.of(TALLY);
        assertThat(metrics.macro().precision()).isCloseTo((8 / 12.0 + 9 / 12.0) / 3, EXACT);
        assertThat(metrics.macro().recall()).isCloseTo((0.8 + 0.9) / 3, EXACT);
        assertThat(metrics.weighted().recall()).as("equals accuracy").isCloseTo(17 / 24.0, EXACT);
        assertThat(metrics.weighted().precision()).isCloseTo((10 * 8 / 12.0 + 10 * 9 / 12.0) / 24, EXACT);
    }

    @Test
    void confusedPairsComeByCountThenByLabel() {
        assertThat(Metrics.of(TALLY).confused())
                .containsExactly(
                        new ConfusedPair(2, 0, 3, 0.75),
                        new ConfusedPair(0, 1, 2, 0.2),
                        new ConfusedPair(1, 0, 1, 0.1),
                        new ConfusedPair(2, 1, 1, 0.25));
    }

    @Test
    void wilsonAgreesWithPublishedValues() {
        // 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I, method 3)
        Interval interval = Interval.wilson(81, 263);
        assertThat(interval.low()).isCloseTo(0.2553, within(5e-5));
        assertThat(interval.high()).isCloseTo(0.3662, within(5e-5));
        // 0 of 20: 0 to 0.1611 (same table)
        assertThat(Interval.wilson(0, 20).low()).isZero();
        assertThat(Interval.wilson(0, 20).high()).isCloseTo(0.1611, within(5e-5));
    }

    @Test
    void calibrationErrorWeighsTheGapOfEachBinByItsSamples() {
        // 0.75 confident thrice, right twice: gap 0.25/3 of 3; 0.95 confident once, wrong: gap 0.95 of 1
        List<CalibrationBin> bins = List.of(new CalibrationBin(3, 2.25, 2), new CalibrationBin(1, 0.95, 0));
        Tally tally = new Tally(4, 0, 2, 4, new long[][] {{2, 2}, {0, 0}}, bins, 0, List.of());
        assertThat(Metrics.of(tally).calibrationError()).isCloseTo((0.25 + 0.95) / 4, EXACT);
    }

    @Test
    void nothingCountedIsNotANumberEverywhere() {
        Metrics metrics = Metrics.of(Tally.empty(2, 15, 0));
        assertThat(List.of(
                        metrics.loss(),
                        metrics.topOne(),
                        metrics.calibrationError(),
                        metrics.interval().low(),
                        metrics.macro().f1()))
                .allSatisfy(value -> assertThat(value).isNaN());
    }

    private static Tally tally(long[][] confusion) {
        long samples = 0;
        long correct = 0;
        for (int i = 0; i < confusion.length; i++) {
            correct += confusion[i][i];
            for (long count : confusion[i]) {
                samples += count;
            }
        }
        return new Tally(samples, 12, correct, samples, confusion, List.of(CalibrationBin.empty()), 0, List.of());
    }
}
