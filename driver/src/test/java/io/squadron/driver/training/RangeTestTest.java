package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.driver.schedule.Averaging;
import io.squadron.driver.schedule.Cadence;
import io.squadron.driver.schedule.Exponential;
import io.squadron.driver.schedule.Extent;
import io.squadron.driver.schedule.PlanSettings;
import io.squadron.driver.schedule.Planner;
import io.squadron.driver.schedule.Span;
import io.squadron.optim.Clipping;
import io.squadron.replica.Learning;
import io.squadron.replica.TrainingJob;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeTestTest {
    private static final int STEPS = 24;

    @TempDir
    private Path directory;

    @Test
    void itTakesTheStepsOfTheScheduleAndLeavesNothingBehind() {
        RangeTest test;
        List<Double> losses;
        try (RoundRunner runner = new LocalRoundRunner(job(), event -> {})) {
            test = new RangeTest(runner, planner(1e-4, 1e-2), STEPS);
            losses = test.losses(soFar -> false);
        }

        assertThat(test.rates()).hasSize(STEPS).startsWith(1e-4).endsWith(1e-2).isSorted();
        assertThat(losses).hasSize(STEPS).allMatch(Double::isFinite);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whereTheNumbersBreakItEndsWithTheLastStepThatCouldBeTaken() {
        try (RoundRunner runner = new LocalRoundRunner(job(), event -> {})) {
            List<Double> losses = new RangeTest(runner, planner(1e-3, 1e34), STEPS).losses(soFar -> false);

            assertThat(losses).hasSizeBetween(3, STEPS - 1);
            List<Double> again = new RangeTest(runner, planner(1e-3, 1e34), losses.size()).losses(soFar -> false);
            assertThat(again).as("the same steps, of which none breaks").isEqualTo(losses);
        }
    }

    @Test
    void itEndsWhenEnoughIsSeen() {
        try (RoundRunner runner = new LocalRoundRunner(job(), event -> {})) {
            List<Double> losses = new RangeTest(runner, planner(1e-4, 1e-2), STEPS).losses(soFar -> soFar.size() >= 5);

            assertThat(losses).as("one round").hasSize(10);
        }
    }

    private TrainingRig rig() {
        return TrainingRig.exact(directory.resolve("run").toString(), 2, 30, 6, 6);
    }

    /** Nothing clipped, so that the numbers can break. */
    private TrainingJob job() {
        TrainingJob job = rig().job();
        Learning learning = job.learning();
        return new TrainingJob(
                job.run(),
                job.network(),
                new Learning(learning.optimiser(), learning.groups(), Clipping.none(), 0),
                job.sync(),
                job.feeding(),
                job.placement());
    }

    private Planner planner(double from, double to) {
        return new Planner(new PlanSettings(
                new Extent(30, 6, 6),
                new Exponential(from, to, STEPS),
                Averaging.every(1),
                new Cadence(Span.epochs(1), Span.epochs(0), Span.epochs(0))));
    }
}
