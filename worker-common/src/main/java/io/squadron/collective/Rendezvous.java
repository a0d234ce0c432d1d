package io.squadron.collective;

import io.squadron.failure.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where tasks of one JVM that know nothing of each other find the same {@link Meeting}, by a key. The one piece of state
 * that belongs to the JVM and not to an object; an entry goes when all its ranks have left. Thread-safe.
 */
final class Rendezvous {
    private static final Map<String, Meeting> OPEN = new ConcurrentHashMap<>();

    private Rendezvous() {}

    /** The meeting of that key, made by the first who asks, with {@code rank} marked as come. */
    static Meeting join(String key, int rank, int size, Duration deadline) {
        return OPEN.compute(key, (same, found) -> {
            Meeting meeting = found == null || found.overFor(rank) ? new Meeting(size, deadline) : found;
            if (meeting.size() != size) {
                throw Failure.replica(
                        "Cannot join group '%s' as one of %d replicas: another rank joined it as one of %d",
                        key, size, meeting.size());
            }
            if (!meeting.join(rank)) {
                throw Failure.replica(
                        "Cannot join group '%s' as rank %d: that rank is there already (expected each rank once)",
                        key, rank);
            }
            return meeting;
        });
    }

    static void leave(String key, Meeting meeting, int rank) {
        meeting.leave(rank);
        OPEN.computeIfPresent(key, (same, found) -> found.over() ? null : found);
    }

    /** Whether some group of that key is still open. */
    static boolean holds(String key) {
        return OPEN.containsKey(key);
    }
}
