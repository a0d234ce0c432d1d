package io.squadron.replica;

import io.squadron.collective.Collective;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the ranks of a round come to have the state of its start: who has it gives it to who has not. One rank's side.
 *
 * <p>A state is known by its step and its hash. Two of one step with different hashes are possible where rounds may run with
 * fewer replicas: one of an attempt that was repeated without the rank that holds it. Then that of the lowest rank counts.
 */
record Agreement(TrainingJob job, RoundTask task, Collective collective) {
    private static final long LOW = 0xFFFFFFFFL;

    /** Leaves {@code state} as that of the round's start, remembered in {@code taken}; says whence, empty if nobody has it. */
    Optional<RankStart.State> on(ReplicaState state, ReplicaHome.Kept taken) {
        StateCopy start = taken.start();
        RankStart.State found = find(state, taken);
        boolean mine = found != RankStart.State.RECEIVED;
        // held: (ranks, 4): the step each state stands at, its updates, and its hash in halves, as a double holds 53
        // bits
        double[][] held = collective.allGather("state of round " + task.round(), new double[] {
            mine ? task.startStep() : ReplicaHome.NOWHERE,
            state.optimiser().updates(),
            mine ? start.hash() >>> 32 : 0,
            mine ? start.hash() & LOW : 0
        });
        Optional<double[]> holder =
                Arrays.stream(held).filter(each -> each[0] == task.startStep()).findFirst();
        if (holder.isEmpty()) {
            return restored(state, start);
        }
        double[] chosen = holder.get();
        if (Arrays.stream(held).allMatch(each -> alike(each, chosen))) {
            return Optional.of(found);
        }
        receive(state, Arrays.asList(held).indexOf(chosen), (long) chosen[1]);
        if (mine && alike(held[collective.rank()], chosen)) {
            return Optional.of(found);
        }
        start.remember(state, task.startStep(), (long) chosen[2] << 32 | (long) chosen[3]);
        return Optional.of(RankStart.State.RECEIVED);
    }

    private static boolean alike(double[] one, double[] other) {
        return one[0] == other[0] && one[2] == other[2] && one[3] == other[3];
    }

    /** Brings {@code state} back to the round's start if this rank can by itself; RECEIVED if it cannot. */
    private RankStart.State find(ReplicaState state, ReplicaHome.Kept taken) {
        if (taken.step() == task.startStep()) {
            // Before the others are met: should one of them be lost now, this rank can still give the state to all.
            taken.start().remember(state, task.startStep(), taken.hash());
            return RankStart.State.HELD;
        }
        if (taken.start().step() == task.startStep()) {
            taken.start().restore(state);
            return RankStart.State.WENT_BACK;
        }
        return RankStart.State.RECEIVED;
    }

    private void receive(ReplicaState state, int holder, long updates) {
        for (float[] vector : state.vectors()) {
            collective.broadcast("state of step " + task.startStep(), holder, vector, 0, vector.length);
        }
        state.restoreUpdates(updates);
    }

    private Optional<RankStart.State> restored(ReplicaState state, StateCopy start) {
        if (!restore(state)) {
            return Optional.empty();
        }
        start.remember(state, task.startStep(), 0);
        return Optional.of(RankStart.State.RESTORED);
    }

    private boolean restore(ReplicaState state) {
        if (task.origin() instanceof Origin.Saved saved && saved.state().step() == task.startStep()) {
            new StateFiles(job.placement().storage())
                    .read(saved.state(), job.learning().vectorNames(), state.vectors());
            state.restoreUpdates(saved.state().updates());
            return true;
        }
        if (task.origin() instanceof Origin.Fresh && task.startStep() == 0) {
            state.begin(job.network()
                    .initialWeights()
                    .of(job.network().spec(), job.placement().storage()));
            return true;
        }
        return false;
    }
}
