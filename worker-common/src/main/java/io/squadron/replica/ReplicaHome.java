package io.squadron.replica;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one JVM keeps of a run between rounds: the replica of each rank that it served last, with the step its state
 * stands at. A replica that is out at work, or whose round failed, is not held. Thread-safe.
 */
public final class ReplicaHome {
    private static final ReplicaHome SHARED = new ReplicaHome();

    /** The step of a state that nobody has filled in yet. */
    static final long NOWHERE = -1;

    /**
     * A replica at rest.
     *
     * @param step at which its state stands
     */
    record Kept(Replica replica, long step) {}

    /** A rank of a run. */
    private record Key(String run, int rank, int size) {}

    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    /** The home of this JVM, for tasks that know nothing else to share. */
    public static ReplicaHome shared() {
        return SHARED;
    }

    /** Takes the replica of that rank out, or makes one whose state is blank and stands at step {@link #NOWHERE}. */
    Kept take(TrainingJob job, int rank, int size) {
        Kept found = kept.remove(new Key(job.run(), rank, size));
        return found == null ? new Kept(new Replica(job, ReplicaState.blank(job)), NOWHERE) : found;
    }

    /** Lets the replica of that rank rest here until the next round. */
    void keep(String run, int rank, int size, Kept resting) {
        Kept old = kept.put(new Key(run, rank, size), resting);
        if (old != null) {
            old.replica().close();
        }
    }

    /** Frees all that is kept of a run. */
    public void close(String run) {
        for (Key key : java.util.List.copyOf(kept.keySet())) {
            if (key.run().equals(run)) {
                Kept old = kept.remove(key);
                if (old != null) {
                    old.replica().close();
                }
            }
        }
    }
}
