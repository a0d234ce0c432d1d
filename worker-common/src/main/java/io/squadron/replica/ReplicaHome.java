package io.squadron.replica;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one JVM keeps of a run between rounds: its replicas with their engine plans, and of each the state in which its last
 * round began. Replicas of a run are alike whenever a round ends, so any rank may take any of them: Spark gives a task of
 * the same rank to another executor as it likes. Thread-safe.
 */
public final class ReplicaHome {
    private static final ReplicaHome SHARED = new ReplicaHome();

    /** The step of a state that nobody has filled in yet. */
    static final long NOWHERE = -1;

    /**
     * A replica at rest; or, after a round that failed, only what it remembers.
     *
     * @param step at which the replica's state stands
     * @param hash of that state
     * @param start the state in which its last round began
     */
    record Kept(Optional<Replica> replica, long step, long hash, StateCopy start) {
        static Kept nothing() {
            return onlyStart(new StateCopy());
        }

        static Kept onlyStart(StateCopy start) {
            return new Kept(Optional.empty(), NOWHERE, 0, start);
        }
    }

    private final Map<String, Deque<Kept>> kept = new HashMap<>();

    /** The home of this JVM, for tasks that know nothing else to share. */
    public static ReplicaHome shared() {
        return SHARED;
    }

    /** Takes a replica of the run out; nothing if none rests here. */
    synchronized Kept take(String run) {
        Deque<Kept> resting = kept.get(run);
        return resting == null || resting.isEmpty() ? Kept.nothing() : resting.pop();
    }

    /** Lets a replica rest here until the next round. */
    synchronized void keep(String run, Kept resting) {
        kept.computeIfAbsent(run, key -> new ArrayDeque<>()).push(resting);
    }

    /** Frees all that is kept of a run. */
    public void close(String run) {
        Deque<Kept> resting;
        synchronized (this) {
            resting = kept.remove(run);
        }
        if (resting != null) {
            resting.forEach(each -> each.replica().ifPresent(Replica::close));
        }
    }
}
