package io.squadron.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.driver.spark.Muster.Decision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Executors that are missing are waited for once; those that come back are used again. */
class MusterTest {
    private final Muster muster = new Muster(new Staffing(4, 2, Duration.ofSeconds(10), 0));

    private Decision at(int second, int slots) {
        return muster.decide(slots, Duration.ofSeconds(second).toNanos());
    }

    @Test
    void neverRunsMoreThanAllReplicas() {
        assertThat(at(0, 9)).as("with slots to spare").isEqualTo(new Decision.Go(4));
    }

    @Test
    void waitsThenGoesOnWithThoseThatAreThere() {
        assertThat(at(0, 3)).as("at once").isEqualTo(new Decision.Wait());
        assertThat(at(9, 3)).as("before the wait is over").isEqualTo(new Decision.Wait());
        assertThat(at(10, 3)).as("after the wait").isEqualTo(new Decision.Go(3));
        assertThat(at(11, 3)).as("in the next round").isEqualTo(new Decision.Go(3));
    }

    @Test
    void whoComesBackIsUsedAtOnce() {
        at(0, 2);
        assertThat(at(10, 2)).as("after the wait").isEqualTo(new Decision.Go(2));
        assertThat(at(11, 3)).as("when one came back").isEqualTo(new Decision.Go(3));
        assertThat(at(12, 4)).as("when all came back").isEqualTo(new Decision.Go(4));
    }

    @Test
    void waitsAgainWhenStillMoreAreLost() {
        at(0, 3);
        assertThat(at(10, 3)).as("after the wait").isEqualTo(new Decision.Go(3));
        assertThat(at(20, 2)).as("when another is lost").isEqualTo(new Decision.Wait());
        assertThat(at(29, 2)).as("before the second wait is over").isEqualTo(new Decision.Wait());
        assertThat(at(30, 2)).as("after the second wait").isEqualTo(new Decision.Go(2));
    }

    @Test
    void aShortAbsenceIsForgotten() {
        assertThat(at(0, 3)).as("when one is lost").isEqualTo(new Decision.Wait());
        assertThat(at(5, 4)).as("when it is back").isEqualTo(new Decision.Go(4));
        assertThat(at(12, 3)).as("when one is lost again").isEqualTo(new Decision.Wait());
    }

    @Test
    void givesUpBelowTheMinimum() {
        assertThat(at(0, 1)).as("at once").isEqualTo(new Decision.Wait());
        assertThat(at(10, 1)).as("after the wait").isEqualTo(new Decision.TooFew());
        assertThat(at(11, 2)).as("when enough are back").isEqualTo(new Decision.Go(2));
    }
}
