package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.dataset.BatchSource;
import io.squadron.engine.Batch;
import io.squadron.engine.StepResult;

/** The steps of one round on one rank. */
record RankSteps(Replica replica, RoundTask task, Collective collective, StepObserver observer) {
    StepSeries run(BatchSource batches, Stopwatch watch) {
        StepSeries series = StepSeries.of(task.steps().size());
        try (batches) {
            for (int i = 0; i < task.steps().size(); i++) {
                Batch batch = batches.take();
                watch.lap(Stopwatch.Phase.READ);
                StepResult result = replica.step(batch, task.steps().get(i), collective, watch);
                series.set(i, result);
                observer.on(collective.rank(), task.steps().get(i), result);
            }
        }
        return series;
    }
}
