package io.squadron.jobs.compose;

import io.squadron.dataset.Split;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.report.HistoryEntry;
import io.squadron.driver.report.RunHistory;
import io.squadron.driver.report.TextTable;
import io.squadron.driver.runs.Heartbeat;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.jobs.config.JobConfig;
import io.squadron.replica.SavedPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All about one run, for a terminal. */
final class RunPortrait {
    private static final int ROUNDS = 20;

    private RunPortrait() {}

    /** @param checkpoints latest first */
    static String of(RunFacts run, List<Checkpoint> checkpoints) {
        StringBuilder text = new StringBuilder("run " + run.name()).append('\n');
        line(
                text,
                "state",
                run.stateWord()
                        + (run.state().reason().isEmpty()
                                ? ""
                                : ": " + run.state().reason()));
        line(text, "epoch", run.epoch());
        line(text, "best validation accuracy", run.best());
        line(text, "last change", run.lastChange());
        run.heartbeat().ifPresent(beat -> line(text, "driver", driver(beat)));
        text.append("\nconfiguration that differs from conf/reference.conf\n");
        Map<String, String> defaults =
                ResumeCheck.flat(JobConfig.load(List.of()).resolved());
        RunDesk.changed(run.configuration(), defaults)
                .forEach((key, value) -> line(text, key.replaceFirst("^squadron\\.", ""), value));
        history(text, run.history());
        checkpoints(text, checkpoints);
        return text.toString();
    }

    private static String driver(Heartbeat beat) {
        return "%s on %s, step %,d of %,d"
                .formatted(
                        beat.application(), beat.host().isEmpty() ? "?" : beat.host(), beat.step(), beat.totalSteps());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ").append(name).append(": ").append(value).append('\n');
    }

    private static void history(StringBuilder text, RunHistory history) {
        List<TrainingEvent.RoundEnded> rounds = history.rounds();
        text.append("\nhistory: %,d rounds, resumed %d times%s%n"
                .formatted(
                        rounds.size(),
                        history.resumes(),
                        history.damagedLines() > 0 ? ", " + history.damagedLines() + " lines cannot be read" : ""));
        if (rounds.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("  round", "epoch", "step", "loss", "accuracy", "images/s", "validation loss", "accuracy"));
        for (TrainingEvent.RoundEnded round : rounds.subList(Math.max(0, rounds.size() - ROUNDS), rounds.size())) {
            rows.add(row(round, history.evaluations(Split.VALIDATION)));
        }
        text.append(TextTable.of(rows));
    }

    private static List<String> row(TrainingEvent.RoundEnded round, List<HistoryEntry.Evaluation> evaluations) {
        List<String> row = new ArrayList<>(List.of(
                "  " + round.round(),
                Integer.toString(round.epoch() + 1),
                Long.toString(round.endStep()),
                String.format(Locale.ROOT, "%.4f", round.loss()),
                share(round.accuracy()),
                String.format(Locale.ROOT, "%.1f", round.imagesPerSecond())));
        Optional<HistoryEntry.Evaluation> at = evaluations.stream()
                .filter(each -> each.step() == round.endStep())
                .findFirst();
        row.add(at.map(each -> String.format(Locale.ROOT, "%.4f", each.loss())).orElse(""));
        row.add(at.map(each -> share(each.topOne())).orElse(""));
        return row;
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }

    private static void checkpoints(StringBuilder text, List<Checkpoint> checkpoints) {
        text.append("\ncheckpoints: ").append(checkpoints.size()).append('\n');
        for (Checkpoint each : checkpoints) {
            long bytes =
                    each.state().parts().stream().mapToLong(SavedPart::bytes).sum();
            line(text, "step " + each.state().step(), "%,d bytes, %s".formatted(bytes, new TreeMap<>(each.metrics())));
        }
        if (!checkpoints.isEmpty()) {
            text.append("\nprovenance of the newest\n");
            new TreeMap<>(checkpoints.get(0).provenance()).forEach((name, fact) -> line(text, name, fact));
        }
    }
}
