package io.squadron.driver.training;

import io.squadron.driver.schedule.Planner;
import io.squadron.driver.schedule.RoundPlan;
import io.squadron.engine.StepResult;
import io.squadron.failure.Failure;
import io.squadron.replica.Examination;
import io.squadron.replica.Origin;
import io.squadron.replica.RankReport;
import io.squadron.replica.RoundTask;
import io.squadron.replica.SavePoint;
import io.squadron.replica.StepPlan;
import io.squadron.replica.StepSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Trains some steps for the sake of their losses, and keeps nothing else: no evaluation, no checkpoint. Short rounds, so that it
 * can end where enough was seen; a round in which the numbers break is tried again in halves, so that the last step that
 * could be taken is the last one told.
 */
public final class RangeTest {
    private static final int ROUND = 10;

    private final RoundRunner runner;
    private final List<StepPlan> steps;
    private final List<Double> losses = new ArrayList<>();

    /** A test of the first {@code count} steps of {@code planner}. */
    public RangeTest(RoundRunner runner, Planner planner, int count) {
        this.runner = runner;
        this.steps = new ArrayList<>();
        for (RoundPlan round : planner.from(0)) {
            steps.addAll(round.steps().subList(0, Math.min(round.steps().size(), count - steps.size())));
            if (steps.size() == count) {
                break;
            }
        }
    }

    public List<Double> rates() {
        return steps.stream().map(StepPlan::learningRate).toList();
    }

    /**
     * Mean loss of each step over its global batch, from the first on, until {@code enough} of those told so far, the last
     * step, or numbers that break.
     */
    public List<Double> losses(Predicate<List<Double>> enough) {
        losses.clear();
        int length = ROUND;
        while (losses.size() < steps.size() && !enough.test(List.copyOf(losses))) {
            try {
                take(Math.min(length, steps.size() - losses.size()));
            } catch (Failure broken) {
                if (broken.kind() != Failure.Kind.NUMERIC) {
                    throw broken;
                }
                if (length == 1) {
                    break; // what it was to find
                }
                length = Math.max(1, length / 2);
            }
        }
        return List.copyOf(losses);
    }

    private void take(int count) {
        int from = losses.size();
        RoundTask task = new RoundTask(
                from,
                steps.get(from).step(),
                steps.subList(from, from + count),
                new Origin.Fresh(),
                new Examination(new int[0], 1, 1, 0),
                new SavePoint.Skip());
        if (!(runner.run(task) instanceof RoundResult.Done done)) {
            losses.clear(); // nobody holds the state: from the beginning
            return;
        }
        StepSeries series = StepSeries.merged(
                done.reports().stream().map(RankReport::series).toList());
        for (int i = 0; i < count; i++) {
            StepResult step = series.at(i);
            losses.add(step.lossSum() / step.samples());
        }
    }
}
