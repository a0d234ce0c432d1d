package io.squadron.driver.report;

import io.squadron.dataset.Split;
import io.squadron.driver.training.TrainingEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs side by side: what was different, and what came of it.
 *
 * @param runs at least one, in the order in which they were named
 * @param differences keys of the configuration that are not the same in all of them, sorted
 */
public record RunComparison(List<Run> runs, List<Difference> differences) {
    /**
     * One of them.
     *
     * @param state in a word
     */
    public record Run(String name, String state, RunHistory history) {}

    /**
     * A key and its values.
     *
     * @param values by run, as text
     */
    public record Difference(String key, List<String> values) {
        public Difference {
            values = List.copyOf(values);
        }
    }

    public RunComparison {
        runs = List.copyOf(runs);
        differences = List.copyOf(differences);
    }

    /** For a terminal: what differs, then the figures, a column for each run. */
    public String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("", runs.stream().map(Run::name).toList()));
        differences.forEach(each -> rows.add(row(each.key(), each.values())));
        rows.addAll(figures());
        return TextTable.of(rows);
    }

    /** Rows of figures, a name first. */
    List<List<String>> figures() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(each("state", Run::state));
        rows.add(each(
                "steps",
                run -> last(run).map(round -> Numbers.count(round.endStep())).orElse(Numbers.DASH)));
        rows.add(each(
                "training loss, last round",
                run -> Numbers.fixed(
                        last(run).map(TrainingEvent.RoundEnded::loss).orElse(Double.NaN), 4)));
        rows.add(each(
                "validation loss, last",
                run -> Numbers.fixed(
                        evaluated(run).map(HistoryEntry.Evaluation::loss).orElse(Double.NaN), 4)));
        rows.add(each(
                "validation accuracy, last",
                run -> Numbers.percent(
                        evaluated(run).map(HistoryEntry.Evaluation::topOne).orElse(Double.NaN), 2)));
        rows.add(each(
                "validation accuracy, best",
                run -> best(run)
                        .map(one -> Numbers.percent(one.topOne(), 2) + " (step " + Numbers.count(one.step()) + ")")
                        .orElse(Numbers.DASH)));
        rows.add(each(
                "validation loss, lowest",
                run -> Numbers.fixed(
                        run.history().evaluations(Split.VALIDATION).stream()
                                .mapToDouble(HistoryEntry.Evaluation::loss)
                                .min()
                                .orElse(Double.NaN),
                        4)));
        rows.add(each("images/s", run -> Numbers.short3(rate(run.history().rounds()))));
        rows.add(each(
                "time in rounds", run -> Numbers.duration(seconds(run.history().rounds()))));
        return rows;
    }

    private static double seconds(List<TrainingEvent.RoundEnded> rounds) {
        return rounds.stream().mapToDouble(TrainingEvent.RoundEnded::seconds).sum();
    }

    private static double rate(List<TrainingEvent.RoundEnded> rounds) {
        return rounds.stream().mapToDouble(round -> round.result().samples()).sum() / seconds(rounds);
    }

    private static Optional<TrainingEvent.RoundEnded> last(Run run) {
        List<TrainingEvent.RoundEnded> rounds = run.history().rounds();
        return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.get(rounds.size() - 1));
    }

    private static Optional<HistoryEntry.Evaluation> evaluated(Run run) {
        return run.history().evaluations(Split.VALIDATION).stream().reduce((one, other) -> other);
    }

    private static Optional<HistoryEntry.Evaluation> best(Run run) {
        return run.history().evaluations(Split.VALIDATION).stream()
                .max(Comparator.comparingDouble(HistoryEntry.Evaluation::topOne));
    }

    private List<String> each(String name, Function<Run, String> value) {
        return row(name, runs.stream().map(value).toList());
    }

    private static List<String> row(String name, List<String> cells) {
        List<String> row = new ArrayList<>(List.of(name));
        row.addAll(cells);
        return row;
    }
}
