package io.squadron.jobs.compose;

import com.typesafe.config.ConfigException;
import io.squadron.dataset.Split;
import io.squadron.driver.report.HistoryEntry;
import io.squadron.driver.report.RunHistory;
import io.squadron.driver.runs.Heartbeat;
import io.squadron.driver.runs.RunState;
import io.squadron.failure.Failure;
import io.squadron.storage.StoredFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What can be told of a run without Spark and without reading its checkpoints. What cannot be read makes it damaged, and the
 * rest is told all the same.
 *
 * @param configuration by whole key; empty where it cannot be read
 * @param changed when the driver was last heard of, else when the newest file of the run was written
 */
record RunFacts(
        String name,
        RunState state,
        Map<String, String> configuration,
        RunHistory history,
        Optional<Heartbeat> heartbeat,
        Optional<Instant> changed) {
    private static final String DASH = "-";

    static RunFacts of(RunDirectory run, String name, Instant now) {
        Optional<Instant> changed = run.storage().list(run.uri()).stream()
                .map(StoredFile::modified)
                .max(Long::compare)
                .map(Instant::ofEpochMilli);
        Map<String, String> configuration = Map.of();
        RunHistory history = RunHistory.empty();
        try {
            history = run.history();
            configuration = ResumeCheck.flat(run.keptConfiguration());
            Optional<Heartbeat> heartbeat = RunState.heartbeat(run.storage(), run.uri());
            RunState state = RunState.of(heartbeat, history, now);
            return new RunFacts(
                    name,
                    state,
                    configuration,
                    history,
                    heartbeat,
                    heartbeat.map(Heartbeat::at).or(() -> changed));
        } catch (ConfigException damaged) {
            String reason = "its configuration.json cannot be read: " + damaged.getMessage();
            return damaged(name, reason, configuration, history, changed);
        } catch (Failure damaged) {
            if (damaged.kind() == Failure.Kind.RESOURCES) {
                throw damaged;
            }
            return damaged(name, damaged.getMessage(), configuration, history, changed);
        }
    }

    private static RunFacts damaged(
            String name,
            String reason,
            Map<String, String> configuration,
            RunHistory history,
            Optional<Instant> changed) {
        RunState state = new RunState(RunState.Kind.DAMAGED, reason);
        return new RunFacts(name, state, configuration, history, Optional.empty(), changed);
    }

    /** The value of {@code key}, or a dash. */
    String configured(String key) {
        return configuration.getOrDefault("squadron." + key, DASH);
    }

    String stateWord() {
        return state.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Passes that are begun, of those that are planned: "3/10". */
    String epoch() {
        int last = history.rounds().stream()
                .mapToInt(round -> round.epoch() + 1)
                .max()
                .orElse(0);
        int epoch = Math.max(last, heartbeat.map(Heartbeat::epoch).orElse(0));
        return epoch + "/" + configured("training.epochs");
    }

    /** The highest validation accuracy, or a dash. */
    String best() {
        return history.evaluations(Split.VALIDATION).stream()
                .map(HistoryEntry.Evaluation::topOne)
                .max(Double::compare)
                .map(best -> String.format(Locale.ROOT, "%.2f%%", 100 * best))
                .orElse(DASH);
    }

    /** To the minute, in UTC. */
    String lastChange() {
        return changed.map(when -> when.truncatedTo(ChronoUnit.MINUTES).toString())
                .orElse(DASH);
    }

    /** A line of a list. */
    List<String> line() {
        return List.of(
                name,
                stateWord(),
                epoch(),
                best(),
                lastChange(),
                configured("model.architecture"),
                configured("dataset"));
    }
}
