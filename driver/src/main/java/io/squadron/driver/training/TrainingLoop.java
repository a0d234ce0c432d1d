package io.squadron.driver.training;

import io.squadron.dataset.Split;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.RunCheckpoints;
import io.squadron.driver.schedule.Extent;
import io.squadron.driver.schedule.Planner;
import io.squadron.driver.schedule.RoundPlan;
import io.squadron.driver.schedule.RoundPlan.Duty;
import io.squadron.engine.StepResult;
import io.squadron.evaluation.Metrics;
import io.squadron.evaluation.Tally;
import io.squadron.replica.Examination;
import io.squadron.replica.RankReport;
import io.squadron.replica.RoundTask;
import io.squadron.replica.SavePoint;
import io.squadron.replica.StepSeries;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    private final Ending ending;
    private final List<TrainingListener> listeners;
    private Standing saved;
    private Standing now;

    /** A loop that goes on from {@code from} to the end of the plan. */
    public TrainingLoop(Parts parts, Standing from, List<TrainingListener> listeners) {
        this(parts, from, Ending.ofPlan(), listeners);
    }

    /**
     * A loop that goes on from {@code from}.
     *
     * @param listeners told of everything, in this order
     */
    public TrainingLoop(Parts parts, Standing from, Ending ending, List<TrainingListener> listeners) {
        this.parts = parts;
        this.ending = ending;
        this.listeners = List.copyOf(listeners);
        this.saved = from;
        this.now = from;
    }

    /** Trains to the end; whatever throws ends it, and all that is committed stays. */
    public void run(RunSummary summary) {
        long began = parts.nanos().getAsLong();
        tell(new TrainingEvent.TrainingStarted(summary));
        long step = saved.step();
        Iterator<RoundPlan> rounds = parts.planner().from(step).iterator();
        while (rounds.hasNext() && step < ending.pauseAt() && !ending.over(now.trend())) {
            RoundPlan round = due(rounds.next());
            long roundBegan = parts.nanos().getAsLong();
            RoundResult result = parts.runner().run(task(round));
            if (!(result instanceof RoundResult.Done done)) {
                step = goBack();
                rounds = parts.planner().from(step).iterator();
                continue;
            }
            step = round.endStep();
            tell(ended(round, done, secondsSince(roundBegan)));
            tell(losses(round, done));
            if (round.evaluates() && parts.examination().positions().length > 0) {
                tell(evaluated(round, done));
            }
            if (round.checkpoints()) {
                tell(checkpointed(round, done));
            }
            if (rounds.hasNext() && ending.stop().getAsBoolean()) {
                if (saved(round)) {
                    tell(new TrainingEvent.Halted(step));
                    break;
                }
                step = goBack();
                rounds = parts.planner().from(step).iterator();
            }
        }
        if (ending.over(now.trend())) {
            tell(new TrainingEvent.StoppedEarly(step, now.trend()));
        }
        tell(new TrainingEvent.TrainingEnded(step, secondsSince(began)));
    }

    /** Nobody holds the state any more: on from what is saved. */
    private long goBack() {
        now = saved;
        return saved.step();
    }

    /** Saves the end of {@code round} by a round without steps, unless it is saved; false if its state is lost. */
    private boolean saved(RoundPlan round) {
        if (saved.step() == round.endStep()) {
            return true;
        }
        RoundResult result = parts.runner()
                .run(new RoundTask(
                        round.round() + 1,
                        round.endStep(),
                        List.of(),
                        saved.origin(),
                        parts.examination().ofNothing(),
                        new SavePoint.Into(parts.checkpoints().store().directory(round.endStep()))));
        if (result instanceof RoundResult.Done done) {
            tell(checkpointed(round, done));
        }
        return result instanceof RoundResult.Done;
    }

    /** A round after which the run may rest or be over is saved, whatever its cadence says. */
    private RoundPlan due(RoundPlan round) {
        if (round.endStep() >= ending.pauseAt()) {
            return round.with(Duty.EVALUATE).with(Duty.CHECKPOINT);
        }
        return round.evaluates() && ending.near(now.trend()) ? round.with(Duty.CHECKPOINT) : round;
    }

    private RoundTask task(RoundPlan round) {
        return new RoundTask(
                round.round(),
                round.first().step(),
                round.steps(),
                saved.origin(),
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

    private static TrainingEvent losses(RoundPlan round, RoundResult.Done done) {
        return new TrainingEvent.StepLosses(
                round.round(),
                round.first().step(),
                StepSeries.merged(
                        done.reports().stream().map(RankReport::series).toList()));
    }

    private TrainingEvent evaluated(RoundPlan round, RoundResult.Done done) {
        Tally tally = merged(done, RankReport::tally);
        Metrics all = Metrics.of(tally);
        now = now.evaluated(
                round.endStep(),
                Map.of("loss", all.loss(), "accuracy", all.topOne()),
                now.trend().after(all.topOne(), round.endStep(), ending.delta()));
        double seconds = done.reports().stream()
                .mapToDouble(report -> report.timing().other())
                .max()
                .orElse(0);
        return new TrainingEvent.Evaluated(
                round.endStep(), round.epoch(), parts.split(), tally, merged(done, RankReport::running), seconds);
    }

    private static Tally merged(RoundResult.Done done, Function<RankReport, Tally> part) {
        return done.reports().stream().map(part).reduce(Tally::merge).orElseThrow();
    }

    private TrainingEvent checkpointed(RoundPlan round, RoundResult.Done done) {
        long began = parts.nanos().getAsLong();
        Checkpoint checkpoint =
                parts.checkpoints().commit(round.endStep(), place(round), done.reports(), now.metrics());
        saved = Standing.at(checkpoint);
        now = saved;
        long bytes = checkpoint.state().parts().stream()
                .mapToLong(part -> part.bytes())
                .sum();
        return new TrainingEvent.Checkpointed(
                round.endStep(), checkpoint.state().directory(), bytes, secondsSince(began));
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

    private double secondsSince(long nanos) {
        return (parts.nanos().getAsLong() - nanos) / 1e9;
    }

    private void tell(TrainingEvent event) {
        listeners.forEach(listener -> listener.on(event));
    }
}
