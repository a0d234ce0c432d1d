package io.squadron.driver.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void endsAreRoundAndHoldTheData() {
        Scale scale = Scale.around(0.13, 1.87, 4, 0, 100);
        assertThat(scale.ticks()).hasSize(5);
        assertThat(scale.low()).isZero();
        assertThat(scale.high()).isCloseTo(2.0, within(1e-12));
        assertThat(scale.at(0.5)).isCloseTo(25, within(1e-9));
    }

    @Test
    void oneValueAloneHasAScale() {
        for (double value : new double[] {0, 5, -3, 1e-12, 1e12}) {
            Scale scale = Scale.around(value, value, 4, 0, 100);
            assertThat(scale.high()).as("around %s", value).isGreaterThan(scale.low());
            assertThat(scale.at(value)).as("around %s", value).isBetween(-1e-6, 100 + 1e-6);
            assertThat(scale.ticks()).as("around %s", value).hasSizeBetween(1, 12);
        }
    }

    @Test
    void longSeriesAreThinnedToMeans() {
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            points.add(new Series.Point(i + 1, i % 2 == 0 ? 1 : Double.NaN));
        }
        Series thin = new Series("s", "a", points).thinned(100);
        assertThat(thin.points())
                .hasSize(100)
                .allSatisfy(point -> assertThat(point.y()).isEqualTo(1));
        assertThat(thin.points().get(99).x()).isEqualTo(1000);
    }
}
