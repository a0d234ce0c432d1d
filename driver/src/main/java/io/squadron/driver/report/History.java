package io.squadron.driver.report;

import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import java.util.function.Consumer;

/**
 * Writes what is worth keeping of a run as JSON lines, as it happens. The text of each entry, with its line end, goes to
 * an appender; what that throws ends the run. A start begins with a line end of its own, so that a line cut short by a
 * crash spoils only itself. The fields are drawn in docs/report.md.
 */
public final class History implements TrainingListener {
    private final Consumer<String> appender;

    /** @param appender appends text at the end of the run's history, in UTF-8 */
    public History(Consumer<String> appender) {
        this.appender = appender;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.TrainingStarted started) {
            appender.accept("\n");
            append(new HistoryEntry.Start(
                    started.summary().run(),
                    started.step(),
                    started.summary().totalSteps(),
                    started.summary().replicas()));
        } else if (event instanceof TrainingEvent.RoundEnded ended) {
            append(new HistoryEntry.Round(ended));
        } else if (event instanceof TrainingEvent.RoundRepeated repeated) {
            append(new HistoryEntry.Repeat(repeated.step(), repeated.round(), repeated.reason()));
        } else if (event instanceof TrainingEvent.Evaluated evaluated) {
            append(HistoryEntry.Evaluation.of(evaluated));
        } else if (event instanceof TrainingEvent.Checkpointed written) {
            append(new HistoryEntry.Checkpoint(written));
        } else if (event instanceof TrainingEvent.StoppedEarly stopped) {
            append(new HistoryEntry.Stop(
                    stopped.step(),
                    stopped.trend().best(),
                    stopped.trend().bestStep(),
                    stopped.trend().since()));
        } else if (event instanceof TrainingEvent.Halted halted) {
            append(new HistoryEntry.Halt(halted.step()));
        }
    }

    private void append(HistoryEntry entry) {
        appender.accept(HistoryJson.line(entry) + "\n");
    }
}
