package io.squadron.driver.report;

import io.squadron.dataset.Split;
import io.squadron.driver.training.TrainingEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run as it counts in the end: what a crash made void is left out.
 *
 * @param entries in the order of the run
 * @param damagedLines lines that could not be read
 */
public record RunHistory(List<HistoryEntry> entries, int damagedLines) {
    public RunHistory {
        entries = List.copyOf(entries);
    }

    public static RunHistory empty() {
        return new RunHistory(List.of(), 0);
    }

    public List<TrainingEvent.RoundEnded> rounds() {
        List<TrainingEvent.RoundEnded> found = new ArrayList<>();
        for (HistoryEntry entry : entries) {
            if (entry instanceof HistoryEntry.Round round) {
                found.add(round.ended());
            }
        }
        return found;
    }

    public List<HistoryEntry.Evaluation> evaluations(Split split) {
        List<HistoryEntry.Evaluation> found = new ArrayList<>();
        for (HistoryEntry entry : entries) {
            if (entry instanceof HistoryEntry.Evaluation evaluation && evaluation.split() == split) {
                found.add(evaluation);
            }
        }
        return found;
    }

    /** Rounds that were begun again, in the order of the run. */
    public List<HistoryEntry.Repeat> repeats() {
        return entries.stream()
                .filter(HistoryEntry.Repeat.class::isInstance)
                .map(HistoryEntry.Repeat.class::cast)
                .toList();
    }

    public List<TrainingEvent.Checkpointed> checkpoints() {
        List<TrainingEvent.Checkpointed> found = new ArrayList<>();
        for (HistoryEntry entry : entries) {
            if (entry instanceof HistoryEntry.Checkpoint checkpoint) {
                found.add(checkpoint.written());
            }
        }
        return found;
    }

    /** How the run stopped before its plan, if it did. */
    public Optional<HistoryEntry.Stop> stop() {
        return entries.stream()
                .filter(HistoryEntry.Stop.class::isInstance)
                .map(HistoryEntry.Stop.class::cast)
                .findFirst();
    }

    /** Whether the run has left on request and has not gone on since. */
    public boolean halted() {
        return !entries.isEmpty() && entries.get(entries.size() - 1) instanceof HistoryEntry.Halt;
    }

    /** The newest start; empty where none was recorded. */
    public Optional<HistoryEntry.Start> lastStart() {
        return entries.stream()
                .filter(HistoryEntry.Start.class::isInstance)
                .map(HistoryEntry.Start.class::cast)
                .reduce((one, other) -> other);
    }

    /**
     * The evaluation of the best checkpoint: of those that were saved as they were evaluated the one of the highest accuracy,
     * of equal ones the latest. It is the one that retention keeps.
     */
    public Optional<HistoryEntry.Evaluation> best() {
        Set<Long> saved =
                checkpoints().stream().map(TrainingEvent.Checkpointed::step).collect(Collectors.toSet());
        return evaluations(Split.VALIDATION).stream()
                .filter(each -> saved.contains(each.step()))
                .max(Comparator.comparingDouble(HistoryEntry.Evaluation::topOne)
                        .thenComparingLong(HistoryEntry.Evaluation::step));
    }

    /** How often the run went on after a stop. */
    public long resumes() {
        return entries.stream()
                .filter(entry -> entry instanceof HistoryEntry.Start start && start.step() > 0)
                .count();
    }
}
