package io.squadron.driver.training;

import io.squadron.dataset.Split;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.RunCheckpoints;
import io.squadron.driver.schedule.Extent;
import io.squadron.driver.schedule.Planner;
import io.squadron.driver.schedule.RoundPlan;
import io.squadron.engine.StepResult;
import io.squadron.evaluation.Metrics;
import io.squadron.evaluation.Tally;
import io.squadron.replica.Examination;
import io.squadron.replica.Origin;
import io.squadron.replica.RankReport;
import io.squadron.replica.RoundTask;
import io.squadron.replica.SavePoint;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Training, whole: take the next round of the plan, run it on all replicas, tell the listeners, and commit a checkpoint
 * where the plan says so. What is measured, printed or drawn hangs on the listeners; what is decided stands in the plan.
 */
public final class TrainingLoop {
    /**
     * What the loop works with.
     *
     * @param examination of the samples that a round evaluates where the plan says so
     * @param split they belong to
     * @param nanos the driver's clock
     */
    public record Parts(
            Planner planner,
            RoundRunner runner,
            RunCheckpoints checkpoints,
            Examination examination,
            Split split,
            LongSupplier nanos) {}

    private final Parts parts;
    private final List<TrainingListener> listeners;
    private Origin origin;
    private Map<String, Double> metrics = Map.of();

    /**
     * A loop that goes on from {@code origin}.
     *
     * @param listeners told of everything, in this order
     */
    public TrainingLoop(Parts parts, Origin origin, List<TrainingListener> listeners) {
        this.parts = parts;
        this.origin = origin;
        this.listeners = List.copyOf(listeners);
    }

    /** Trains to the end of the plan; whatever throws ends it, and all that is committed stays. */
    public void run(RunSummary summary) {
        long began = parts.nanos().getAsLong();
        tell(new TrainingEvent.TrainingStarted(summary));
        Iterator<RoundPlan> rounds = parts.planner().from(originStep()).iterator();
        while (rounds.hasNext()) {
            RoundPlan round = rounds.next();
            long roundBegan = parts.nanos().getAsLong();
            RoundResult result = parts.runner().run(task(round));
            if (!(result instanceof RoundResult.Done done)) {
                rounds = parts.planner().from(originStep()).iterator();
                continue;
            }
            tell(ended(round, done, secondsSince(roundBegan)));
            if (round.evaluates() && parts.examination().positions().length > 0) {
                tell(evaluated(round, done));
            }
            if (round.checkpoints()) {
                tell(checkpointed(round, done));
            }
        }
        tell(new TrainingEvent.TrainingEnded(summary.totalSteps(), secondsSince(began)));
    }

    private RoundTask task(RoundPlan round) {
        return new RoundTask(
                round.round(),
                round.first().step(),
                round.steps(),
                origin,
                round.evaluates() ? parts.examination() : parts.examination().ofNothing(),
                round.checkpoints()
                        ? new SavePoint.Into(parts.checkpoints().store().directory(round.endStep()))
                        : new SavePoint.Skip());
    }

    private static TrainingEvent ended(RoundPlan round, RoundResult.Done done, double seconds) {
        StepResult total = done.reports().stream()
                .map(report -> report.series().total())
                .reduce(StepResult.empty(), StepResult::merge);
        return new TrainingEvent.RoundEnded(
                round.round(),
                round.first().step(),
                round.endStep(),
                round.epoch(),
                total,
                round.first().learningRate(),
                round.last().learningRate(),
                seconds,
                done.reports().stream()
                        .map(report -> RankTiming.of(report.rank(), report.timing(), report.place()))
                        .toList());
    }

    private TrainingEvent evaluated(RoundPlan round, RoundResult.Done done) {
        Tally tally = done.reports().stream()
                .map(RankReport::tally)
                .reduce(Tally::merge)
                .orElseThrow();
        Metrics all = Metrics.of(tally);
        metrics = new TreeMap<>(Map.of("loss", all.loss(), "accuracy", all.topOne()));
        double seconds = done.reports().stream()
                .mapToDouble(report -> report.timing().other())
                .max()
                .orElse(0);
        return new TrainingEvent.Evaluated(round.endStep(), round.epoch(), parts.split(), tally, seconds);
    }

    private TrainingEvent checkpointed(RoundPlan round, RoundResult.Done done) {
        long began = parts.nanos().getAsLong();
        Checkpoint saved = parts.checkpoints().commit(round.endStep(), place(round), done.reports(), metrics);
        origin = new Origin.Saved(saved.state());
        long bytes =
                saved.state().parts().stream().mapToLong(part -> part.bytes()).sum();
        return new TrainingEvent.Checkpointed(round.endStep(), saved.state().directory(), bytes, secondsSince(began));
    }

    private Checkpoint.Place place(RoundPlan round) {
        Extent extent = parts.planner().settings().extent();
        long within = round.endStep() % extent.stepsPerEpoch();
        return new Checkpoint.Place(
                round.round() + 1,
                Math.toIntExact(round.endStep() / extent.stepsPerEpoch()),
                Math.min(extent.samples(), within * extent.globalBatch()),
                parts.checkpoints().pattern().place().seed());
    }

    private long originStep() {
        return origin instanceof Origin.Saved saved ? saved.state().step() : 0;
    }

    private double secondsSince(long nanos) {
        return (parts.nanos().getAsLong() - nanos) / 1e9;
    }

    private void tell(TrainingEvent event) {
        listeners.forEach(listener -> listener.on(event));
    }
}
