package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.evaluation.Tally;
import io.squadron.failure.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/**
 * One rank's part of one round, from agreeing on the state to reporting: the whole of what runs in a task. The same code
 * serves the threads of the local runner and the barrier tasks of Spark.
 */
public final class ReplicaRound {
    private final TrainingJob job;
    private final RoundTask task;
    private final Collective collective;
    private final StepObserver observer;
    private final Stopwatch watch = new Stopwatch();

    private ReplicaRound(TrainingJob job, RoundTask task, Collective collective, StepObserver observer) {
        this.job = job;
        this.task = task;
        this.collective = collective;
        this.observer = observer;
    }

    /**
     * Runs the round for the rank of {@code collective}, and closes it. Every failure but an error of the JVM comes back
     * as a value; the other ranks are told, so that none waits for this one.
     */
    public static RankOutcome run(
            TrainingJob job, RoundTask task, ReplicaHome home, Collective collective, StepObserver observer) {
        try (collective) {
            try {
                return new ReplicaRound(job, task, collective, observer).run(home);
            } catch (RuntimeException failure) {
                collective.abort(failure);
                return new RankOutcome.Failed(collective.rank(), cause(failure));
            }
        }
    }

    private static RankOutcome.Cause cause(RuntimeException thrown) {
        if (thrown instanceof Failure failure) {
            return new RankOutcome.Cause(failure.kind(), failure.getMessage(), "");
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return new RankOutcome.Cause(Failure.Kind.REPLICA, String.valueOf(thrown), trace.toString());
    }

    private RankOutcome run(ReplicaHome home) {
        new SettingsAgreement(job, task, collective, observer.place()).require();
        ReplicaHome.Kept taken = home.take(job.run());
        RankStart.Session session = taken.replica().isPresent() ? RankStart.Session.KEPT : RankStart.Session.OPENED;
        Replica replica = taken.replica().orElseGet(() -> new Replica(job, ReplicaState.blank(job)));
        StateCopy start = taken.start();
        boolean done = false;
        try {
            Optional<RankStart.State> state = new Agreement(job, task, collective).on(replica.state(), taken);
            if (state.isEmpty()) {
                return new RankOutcome.StateLost(collective.rank());
            }
            observer.began(new RankStart(collective.rank(), task.startStep(), session, state.get()));
            RankReport report = work(replica);
            home.keep(job.run(), new ReplicaHome.Kept(Optional.of(replica), task.endStep(), report.stateHash(), start));
            done = true;
            return new RankOutcome.Done(collective.rank(), report);
        } finally {
            if (!done) {
                // The session may be in the middle of a step; what it began with is whole.
                replica.close();
                home.keep(job.run(), ReplicaHome.Kept.onlyStart(start));
            }
        }
    }

    private RankReport work(Replica replica) {
        replica.enter(collective, task.startStep());
        watch.lap(Stopwatch.Phase.OTHER);
        RankFeed feed = new RankFeed(job, task.startStep(), collective.rank(), collective.size());
        StepSeries series = new RankSteps(replica, task, collective, observer).run(feed.training(task.steps()), watch);
        replica.settle();
        watch.lap(Stopwatch.Phase.GRADIENT_WAIT);
        Tally running = withRunningStatistics(replica, feed);
        long hash = new StateAgreement(job.learning().vectorNames(), task, collective)
                .require(replica.state(), replica.hash());
        Tally tally = feed.examine(task.examination(), replica::infer);
        SavedPart part = save(replica.state());
        watch.lap(Stopwatch.Phase.OTHER);
        RankReport report = new RankReport(
                collective.rank(),
                hash,
                replica.state().optimiser().updates(),
                series,
                watch.timing(),
                tally,
                running,
                part,
                observer.place());
        collective.barrier("end of round " + task.round());
        return report;
    }

    /**
     * Where the round's end is looked at or saved, and the run measures statistics: looks at it with the running ones first,
     * then puts measured ones in their place.
     */
    private Tally withRunningStatistics(Replica replica, RankFeed feed) {
        boolean used = task.examination().positions().length > 0 || task.savePoint() instanceof SavePoint.Into;
        if (!used || !job.sync().statistics().measured()) {
            return feed.examine(task.examination().ofNothing(), replica::infer);
        }
        Tally tally = feed.examine(task.examination(), replica::infer);
        int epoch = task.steps().isEmpty()
                ? 0
                : task.steps().get(task.steps().size() - 1).epoch();
        replica.measureStatistics(feed, epoch, collective);
        return tally;
    }

    private SavedPart save(ReplicaState state) {
        if (!(task.savePoint() instanceof SavePoint.Into into)) {
            return SavedPart.none();
        }
        StateParts.Stretch stretch =
                StateParts.Stretch.share(state, task.endStep(), collective.rank(), collective.size());
        return new StateFiles(job.placement().storage())
                .write(into.directory(), stretch, job.learning().vectorNames(), state.vectors());
    }
}
