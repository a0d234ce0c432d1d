package io.squadron.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleOrderTest {
    private static final long SEED = 20240229;

    @Test
    void everySizeUpToTwoThousandIsAPermutation() {
        for (int n = 1; n <= 2000; n++) {
            assertPermutes(SampleOrder.of(SEED, n % 7, n));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 1_281_167})
    void largeSizesArePermutations(int n) {
        assertPermutes(SampleOrder.of(SEED, 3, n));
    }

    @Test
    void theLargestSizeStaysInBounds() {
        SampleOrder order = SampleOrder.of(SEED, 0, Integer.MAX_VALUE);
        BitSet seen = new BitSet();
        for (long k = Integer.MAX_VALUE - 1000L; k < Integer.MAX_VALUE; k++) {
            seen.set(order.at(k));
        }
        assertThat(seen.cardinality()).isEqualTo(1000);
    }

    private static void assertPermutes(SampleOrder order) {
        BitSet seen = new BitSet(order.samples());
        for (int k = 0; k < order.samples(); k++) {
            seen.set(order.at(k));
        }
        assertThat(seen.cardinality()).as("of %d", order.samples()).isEqualTo(order.samples());
        assertThat(seen.length()).isEqualTo(order.samples());
    }

    @Test
    void theOrderIsAFunctionOfSeedAndEpochAlone() {
        assertThat(listed(SEED, 2, 100)).containsExactly(listed(SEED, 2, 100));
        assertThat(listed(SEED, 2, 100)).isNotEqualTo(listed(SEED, 3, 100));
        assertThat(listed(SEED, 2, 100)).isNotEqualTo(listed(SEED + 1, 2, 100));
        // Written down once: a change of the formula would break every resumed run.
        assertThat(listed(7, 0, 12)).containsExactly(PINNED);
    }

    private static final int[] PINNED = {10, 4, 3, 0, 11, 7, 6, 8, 5, 2, 1, 9};

    private static int[] listed(long seed, int epoch, int n) {
        SampleOrder order = SampleOrder.of(seed, epoch, n);
        return IntStream.range(0, n).map(order::at).toArray();
    }

    /**
     * Chi-squared over the table (position, sample) of 20,000 epochs: for a uniform choice it has mean (n-1)^2 and
     * variance 2 (n-1)^2; five deviations above the mean is a chance of about one in a million.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 13, 16, 17, 40})
    void everySampleIsAsLikelyAtEveryPosition(int n) {
        int epochs = 20_000;
        int[][] counts = new int[n][n];
        for (int epoch = 0; epoch < epochs; epoch++) {
            SampleOrder order = SampleOrder.of(SEED, epoch, n);
            for (int k = 0; k < n; k++) {
                counts[k][order.at(k)]++;
            }
        }
        double expected = (double) epochs / n;
        double chi = 0;
        for (int[] row : counts) {
            for (int count : row) {
                chi += (count - expected) * (count - expected) / expected;
            }
        }
        double freedom = (n - 1.0) * (n - 1.0);
        assertThat(chi).isLessThan(freedom + 5 * Math.sqrt(2 * freedom));
    }

    /** Neighbours in the order are no neighbours in the dataset: the correlation of at(k) and at(k+1) is near zero. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 4096, 5000, 100_000})
    void neighboursAreUnrelated(int n) {
        SampleOrder order = SampleOrder.of(SEED, 1, n);
        double mean = (n - 1) / 2.0;
        double sum = 0;
        double fixed = 0;
        for (int k = 0; k + 1 < n; k++) {
            sum += (order.at(k) - mean) * (order.at(k + 1) - mean);
            fixed += order.at(k) == k ? 1 : 0;
        }
        double correlation = sum / (n * (n * (double) n - 1) / 12);
        assertThat(Math.abs(correlation)).isLessThan(5 / Math.sqrt(n));
        // Fixed points of a random permutation are Poisson with mean 1; more than 9 is a chance of one in ten million.
        assertThat(fixed).isLessThan(10);
    }

    @Test
    void positionsOutsideAreRefused() {
        SampleOrder order = SampleOrder.of(SEED, 0, 10);
        assertThatThrownBy(() -> order.at(10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> order.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> SampleOrder.of(SEED, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
