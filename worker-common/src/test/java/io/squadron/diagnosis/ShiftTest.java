package io.squadron.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShiftTest {
    /** Two images of two channels with three places each. */
    private static Activity activity(float... values) {
        ChannelSums sums = new ChannelSums(2);
        sums.add(values, 2);
        return sums.activity();
    }

    @Test
    void sumsAreThoseOfTheChannels() {
        Activity activity = activity(1, 2, 3, -1, -1, 0, 4, 5, 6, -1, -1, 0);
        assertThat(activity.mean()).as("means").containsExactly(new double[] {3.5, -2 / 3.0}, within(1e-12));
        assertThat(activity.deviation())
                .as("deviations")
                .containsExactly(new double[] {Math.sqrt(35 / 12.0), Math.sqrt(2 / 9.0)}, within(1e-12));
        assertThat(activity.dead()).as("the second never is above zero").isEqualTo(0.5);
        assertThat(activity.saturated()).as("the first always is").isEqualTo(0.5);
        assertThat(activity.active()).as("active").isEqualTo(0.5);
        assertThat(activity.spread())
                .as("root of the mean variance")
                .isCloseTo(Math.sqrt((35 / 12.0 + 2 / 9.0) / 2), within(1e-12));
    }

    @Test
    void aShiftIsMeasuredInDeviationsOfTheOld() {
        Activity old = activity(-1, 1, -1, -2, 2, -2, 1, -1, 1, 2, -2, 2);
        Activity other = activity(2, 4, 2, -4, 4, -4, 4, 2, 4, 4, -4, 4);
        Shift shift = Shift.between(old, other);
        assertThat(shift.distance())
                .as("3 deviations in one channel, none in the other")
                .isCloseTo(1.5, within(1e-12));
        assertThat(shift.stretch()).as("1 and 2").isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(Shift.between(old, old)).as("itself").isEqualTo(new Shift(0, 1));
    }

    @Test
    void aChannelThatNeverVariedHasNoUnit() {
        Activity old = activity(-1, 1, -1, 5, 5, 5, 1, -1, 1, 5, 5, 5);
        Activity other = activity(0, 2, 0, 9, 9, 9, 2, 0, 2, 9, 9, 9);
        assertThat(Shift.between(old, other).distance()).as("the other one's").isCloseTo(1, within(1e-12));
        Activity still = activity(new float[12]);
        assertThat(Shift.between(still, other).distance()).as("nothing varied").isNaN();
    }
}
