package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.dataset.BatchSource;
import io.squadron.engine.Batch;
import io.squadron.engine.StepResult;

/** The steps of one round on one rank. */
record RankSteps(Replica replica, RoundTask task, Collective collective, StepObserver observer) {
    StepSeries run(BatchSource batches, Stopwatch watch) {
        StepSeries series = StepSeries.of(task.steps().size());
        StepResult soFar = StepResult.empty();
        try (batches) {
            for (int i = 0; i < task.steps().size(); i++) {
                StepPlan plan = task.steps().get(i);
                Batch batch = batches.take();
                watch.lap(Stopwatch.Phase.READ);
                StepResult result = replica.step(batch, plan, collective, watch);
                series.set(i, result);
                soFar = soFar.merge(result);
                observer.on(new RankProgress(collective.rank(), plan, soFar, watch.timing()));
            }
        }
        return series;
    }
}
