package io.squadron.driver.runs;

import io.squadron.driver.report.HistoryEntry;
import io.squadron.driver.report.RunHistory;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a run is.
 *
 * @param reason in words, for people; empty where the kind says all
 */
public record RunState(Kind kind, String reason) {
    /** In the order of how much they ask for a look. */
    public enum Kind {
        /** Its driver was heard of within {@link Heartbeat#PATIENCE}. */
        RUNNING,
        /** It came to the end of its plan, or stopped early for want of improvement. */
        FINISHED,
        /** It left because it was asked to, or rests between parts of a sweep. */
        STOPPED,
        /** Its driver said why it could not go on. */
        FAILED,
        /** Its driver is gone without a word. */
        DEAD,
        /** What lies in the directory cannot be read. */
        DAMAGED
    }

    /** The heartbeat in the directory {@code run}; empty if there is none. Fails with STATE if it cannot be read. */
    public static Optional<Heartbeat> heartbeat(Storage storage, String run) {
        String file = Storage.child(run, Heartbeat.FILE);
        if (!storage.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Heartbeat.read(storage.read(file)));
        } catch (IllegalArgumentException damaged) {
            throw Failure.state("Cannot read %s: it is damaged (expected a heartbeat). Delete it", file)
                    .causedBy(damaged);
        }
    }

    /** As the heartbeat says, and where there is none (runs of earlier versions, copies), as the history does. */
    public static RunState of(Optional<Heartbeat> heartbeat, RunHistory history, Instant now) {
        return heartbeat.map(beat -> of(beat, now)).orElseGet(() -> of(history));
    }

    private static RunState of(Heartbeat beat, Instant now) {
        return switch (beat.phase()) {
            case FINISHED -> new RunState(Kind.FINISHED, "");
            case STOPPED -> new RunState(Kind.STOPPED, "");
            case FAILED -> new RunState(Kind.FAILED, beat.message());
            case RUNNING ->
                beat.overdue(now)
                        ? new RunState(Kind.DEAD, "no heartbeat for " + words(Duration.between(beat.at(), now)))
                        : new RunState(Kind.RUNNING, "");
        };
    }

    private static RunState of(RunHistory history) {
        long planned = history.lastStart().map(HistoryEntry.Start::totalSteps).orElse(Long.MAX_VALUE);
        List<HistoryEntry> entries = history.entries();
        long reached = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).step();
        if (reached >= planned || history.stop().isPresent()) {
            return new RunState(Kind.FINISHED, "");
        }
        return history.halted()
                ? new RunState(Kind.STOPPED, "")
                : new RunState(
                        Kind.DEAD,
                        "its history ends at step %d of %s, and it has no heartbeat"
                                .formatted(reached, planned == Long.MAX_VALUE ? "an unknown number" : planned));
    }

    /** "3 min", "5 h", "2 d". */
    static String words(Duration age) {
        if (age.toHours() >= 48) {
            return age.toDays() + " d";
        }
        return age.toMinutes() >= 120 ? age.toHours() + " h" : age.toMinutes() + " min";
    }
}
