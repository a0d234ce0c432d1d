package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.dataset.BatchSource;
import io.squadron.engine.Batch;

/** The steps of one round on one rank. */
final class RankSteps {
    private RankSteps() {}

    static StepSeries run(
            Replica replica, BatchSource batches, RoundTask task, Collective collective, Stopwatch watch) {
        StepSeries series = StepSeries.of(task.steps().size());
        try (batches) {
            for (int i = 0; i < task.steps().size(); i++) {
                Batch batch = batches.take();
                watch.lap(Stopwatch.Phase.READ);
                series.set(i, replica.step(batch, task.steps().get(i), collective, watch));
            }
        }
        return series;
    }
}
