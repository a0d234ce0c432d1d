package io.squadron.driver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedDifferenceTest {
    /**
     * Computed from the definition by Python with scipy 1.17.1's norm.ppf(0.975): half a pair added to each cell, then the variance
     * of a difference of two multinomial shares, ((p12 + p21) - (p12 - p21)^2) / n. The two agree to the last digits.
     */
    @ParameterizedTest(name = "{0} samples, {1} gained, {2} lost")
    @CsvSource({
        "1000, 60, 40, 0.00034088938282461276, 0.039579270297814106",
        "50, 0, 0, -0.037691615087308734, 0.037691615087308734",
        "200, 3, 19, -0.12444070253456341, -0.03397513904959502"
    })
    void theIntervalIsThatOfAgrestiAndMin(int samples, int gained, int lost, double low, double high) {
        PairedDifference difference = new PairedDifference(samples, gained, lost);
        assertThat(difference.low()).as("low").isCloseTo(low, within(1e-14));
        assertThat(difference.high()).as("high").isCloseTo(high, within(1e-14));
    }

    /** scipy.stats.bootstrap, BCa, 20,000 resamples, seed 1: 0.000 to 0.040; a resampled end wobbles by some thousandths. */
    @Test
    void theIntervalIsNearTheBootstraps() {
        PairedDifference difference = new PairedDifference(1000, 60, 40);
        assertThat(difference.low()).as("low").isCloseTo(0.0, within(0.002));
        assertThat(difference.high()).as("high").isCloseTo(0.04, within(0.002));
    }

    @Test
    void theDifferenceIsThatOfTheAccuracies() {
        assertThat(new PairedDifference(1000, 60, 40).difference())
                .as("difference")
                .isCloseTo(0.02, within(1e-15));
        assertThat(new PairedDifference(0, 0, 0).difference())
                .as("difference of nothing")
                .isZero();
        assertThat(new PairedDifference(0, 0, 0).low())
                .as("nothing proves nothing")
                .isLessThan(-0.9);
    }
}
