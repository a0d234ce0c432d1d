package io.squadron.driver.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.driver.schedule.Exponential;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateCurveTest {
    private static final int STEPS = 301;
    private static final Exponential RATES = new Exponential(1e-6, 1, STEPS);

    @Test
    void ratesGrowByEqualFactorsFromTheFirstToTheLast() {
        assertThat(RATES.at(0)).isEqualTo(1e-6);
        assertThat(RATES.at(STEPS - 1)).isEqualTo(1);
        assertThat(RATES.at(150)).isCloseTo(1e-3, within(1e-15));
        assertThat(RATES.at(5000)).as("after its end").isEqualTo(1);
    }

    @Test
    void theMeanOfEqualLossesIsThatLossFromTheFirstStepOn() {
        RateCurve curve = RateCurve.of(
                rates(), IntStream.range(0, 50).mapToObj(each -> 2.5).collect(Collectors.toList()));

        assertThat(curve.points())
                .allSatisfy(each -> assertThat(each.smoothed()).isCloseTo(2.5, within(1e-12)));
    }

    @Test
    void aFallIsFoundWhereItIsSteepestUpToTheLagOfTheMean() {
        // Falls by a logistic curve around 1e-3, then rises from 0.1 on.
        RateCurve curve = RateCurve.of(
                rates(),
                rates().stream()
                        .map(rate ->
                                2 - 1.5 / (1 + Math.exp(-4 * Math.log10(rate / 1e-3))) + Math.max(0, 40 * (rate - 0.1)))
                        .toList());

        assertThat(curve.points().size()).as("steps read").isLessThan(STEPS);
        assertThat(curve.suggestion().steepest()).isBetween(1e-3, 4e-3);
        assertThat(curve.suggestion().tenthOfLowest()).isBetween(0.005, 0.02);
    }

    @Test
    void readingStopsBeforeANumberThatIsNone() {
        List<Double> losses =
                IntStream.range(0, 60).mapToObj(i -> i < 30 ? 2.0 : Double.NaN).toList();

        assertThat(RateCurve.of(rates(), losses).points()).hasSize(30);
    }

    @Test
    void aFewStepsSuggestNothing() {
        assertThat(RateCurve.of(rates(), List.of(2.0, 1.9)).tells()).isFalse();
        assertThat(RateCurve.of(rates(), List.of()).tells()).isFalse();
    }

    private static List<Double> rates() {
        return IntStream.range(0, STEPS).mapToObj(RATES::at).toList();
    }
}
