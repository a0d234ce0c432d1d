package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.evaluation.Tally;
import io.squadron.failure.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
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
        ReplicaHome.Kept taken = home.take(job.run());
        RankStart.Session session = taken.replica().isPresent() ? RankStart.Session.KEPT : RankStart.Session.OPENED;
        Replica replica = taken.replica().orElseGet(() -> new Replica(job, ReplicaState.blank(job)));
        StateCopy start = taken.start();
        boolean done = false;
        try {
            Optional<RankStart.State> state = agree(replica.state(), start, find(taken, replica.state()));
            if (state.isEmpty()) {
                return new RankOutcome.StateLost(collective.rank());
            }
            observer.began(new RankStart(collective.rank(), task.startStep(), session, state.get()));
            RankReport report = work(replica);
            home.keep(job.run(), new ReplicaHome.Kept(Optional.of(replica), task.endStep(), start));
            done = true;
            return new RankOutcome.Done(collective.rank(), report);
        } finally {
            if (!done) {
                // The session may be in the middle of a step; what it began with is whole.
                replica.close();
                home.keep(job.run(), new ReplicaHome.Kept(Optional.empty(), ReplicaHome.NOWHERE, start));
            }
        }
    }

    /** Whether {@code state} stands at the round's start, after it went back there if it could; RECEIVED if it does not. */
    private RankStart.State find(ReplicaHome.Kept taken, ReplicaState state) {
        if (taken.step() == task.startStep()) {
            // Before the others are met: should one of them be lost now, this rank can still give the state to all.
            taken.start().remember(state, task.startStep());
            return RankStart.State.HELD;
        }
        if (taken.start().step() == task.startStep()) {
            taken.start().restore(state);
            return RankStart.State.WENT_BACK;
        }
        return RankStart.State.RECEIVED;
    }

    /** Leaves every rank with the state of the round's start, and says whence; empty if nobody has it. */
    private Optional<RankStart.State> agree(ReplicaState state, StateCopy start, RankStart.State found) {
        boolean mine = found != RankStart.State.RECEIVED;
        // held: (ranks, 2): the step each state stands at, and its updates
        double[][] held = collective.allGather("state of round " + task.round(), new double[] {
            mine ? task.startStep() : ReplicaHome.NOWHERE, state.optimiser().updates()
        });
        int holder = firstHolder(held);
        if (holder < 0 && !restore(state)) {
            return Optional.empty();
        }
        if (holder >= 0 && !everyone(held)) {
            receive(state, holder, (long) held[holder][1]);
        }
        if (!mine) {
            start.remember(state, task.startStep());
        }
        return Optional.of(holder < 0 ? RankStart.State.RESTORED : found);
    }

    private boolean everyone(double[][] held) {
        return Arrays.stream(held).allMatch(each -> each[0] == task.startStep());
    }

    private void receive(ReplicaState state, int holder, long updates) {
        for (float[] vector : state.vectors()) {
            collective.broadcast("state of step " + task.startStep(), holder, vector, 0, vector.length);
        }
        state.restoreUpdates(updates);
    }

    private int firstHolder(double[][] held) {
        for (int rank = 0; rank < held.length; rank++) {
            if (held[rank][0] == task.startStep()) {
                return rank;
            }
        }
        return -1;
    }

    private boolean restore(ReplicaState state) {
        if (task.origin() instanceof Origin.Saved saved && saved.state().step() == task.startStep()) {
            new StateFiles(job.placement().storage())
                    .read(saved.state(), job.learning().vectorNames(), state.vectors());
            state.restoreUpdates(saved.state().updates());
            return true;
        }
        if (task.origin() instanceof Origin.Fresh && task.startStep() == 0) {
            state.begin(job.network().initialWeights().of(job.network().spec()));
            return true;
        }
        return false;
    }

    private RankReport work(Replica replica) {
        replica.enter(collective);
        watch.lap(Stopwatch.Phase.OTHER);
        RankFeed feed = new RankFeed(job, collective.rank(), collective.size());
        StepSeries series = new RankSteps(replica, task, collective, observer).run(feed.training(task.steps()), watch);
        replica.settle();
        watch.lap(Stopwatch.Phase.GRADIENT_WAIT);
        long hash = agreedHash(replica.state());
        Tally tally = feed.examine(task.examination(), replica::infer);
        SavedPart part = save(replica.state());
        watch.lap(Stopwatch.Phase.OTHER);
        RankReport report = new RankReport(
                collective.rank(), hash, replica.state().optimiser().updates(), series, watch.timing(), tally, part, observer.place());
        collective.barrier("end of round " + task.round());
        return report;
    }

    /** Compares all ranks' states; a difference stops the run before it is saved. */
    private long agreedHash(ReplicaState state) {
        long mine = state.hash();
        // Two halves, because a double holds only 53 bits exactly.
        double[][] hashes = collective.allGather(
                "state hash at step " + task.endStep(), new double[] {mine >>> 32, mine & 0xFFFFFFFFL});
        for (int rank = 1; rank < hashes.length; rank++) {
            if (hashes[rank][0] != hashes[0][0] || hashes[rank][1] != hashes[0][1]) {
                throw Failure.numeric(
                        "Cannot end round %d: after step %d the state of rank %d differs from that of rank 0. "
                                + "Resume from the last checkpoint, and report it: replicas must never part",
                        task.round(), task.endStep() - 1, rank);
            }
        }
        return mine;
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
