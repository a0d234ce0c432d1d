package io.squadron.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunningStatisticsTest {
    @Test
    void mergedStatisticsAreThoseOfTheUnion() {
        // 1, 3 and 5, 9, 13: means 2 and 9, variances 1 and 32/3; together mean 6.2, variance 18.56
        double[] merged = RunningStatistics.merge(new double[][] {{2, 1}, {9, 32.0 / 3}}, new double[] {2, 3});
        assertThat(merged[0]).isCloseTo(6.2, within(1e-12));
        assertThat(merged[1]).isCloseTo(18.56, within(1e-12));
    }

    @Test
    void whatIsReadCanBeWrittenBackInEitherForm() {
        List<Places.Statistics> norms = List.of(
                new Places.Statistics(0, 2, 2, Places.Form.VARIANCE),
                new Places.Statistics(4, 5, 1, Places.Form.LOGARITHM));
        float[] values = {1, 2, 3, 4, 5, -0.5f};
        double[] pairs = RunningStatistics.read(norms, values);
        assertThat(pairs).containsExactly(new double[] {1, 3, 2, 4, 5, 0.1}, within(1e-7));
        float[] written = new float[6];
        RunningStatistics.write(norms, pairs, written);
        assertThat(written).containsExactly(values, within(1e-6f));
    }
}
