package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetFiles;
import io.squadron.driver.checkpoint.CheckpointStore;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.report.HistoryEntry;
import io.squadron.driver.report.RunHistory;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.util.List;
import java.util.Locale;

/** The job inspect: what lies at a place, in a few lines; verifies as it looks. Needs no Spark. */
public record Inspection(Storage storage) {
    public String of(String uri) {
        if (storage.exists(Storage.child(uri, DatasetFiles.DESCRIPTION))) {
            return Summaries.of(DatasetFiles.read(storage, uri), uri);
        }
        if (storage.exists(Storage.child(uri, CheckpointStore.MANIFEST))) {
            return Summaries.of(new CheckpointStore(storage, uri).load(uri));
        }
        RunDirectory run = new RunDirectory(storage, uri);
        if (run.exists()) {
            return run(run);
        }
        throw Failure.state(
                "Cannot inspect %s: it is no dataset (dataset.json), run (configuration.json) or checkpoint "
                        + "(checkpoint.json). Check the path",
                uri);
    }

    private static String run(RunDirectory run) {
        StringBuilder text = new StringBuilder("run " + run.uri());
        RunHistory history = run.history();
        List<HistoryEntry.Evaluation> evaluations = history.entries().stream()
                .filter(HistoryEntry.Evaluation.class::isInstance)
                .map(HistoryEntry.Evaluation.class::cast)
                .toList();
        for (HistoryEntry.Evaluation each : evaluations) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n  step %d: %s accuracy %.2f%%, loss %.4f",
                    each.step(),
                    each.split().name().toLowerCase(Locale.ROOT),
                    100 * each.topOne(),
                    each.loss()));
        }
        LatestCheckpoint latest = run.checkpoints().latest();
        latest.skipped().forEach(skipped -> text.append("\n  skipped: ").append(skipped));
        if (latest instanceof LatestCheckpoint.Found found) {
            text.append('\n').append(Summaries.of(found.checkpoint()));
        } else {
            text.append("\n  no usable checkpoint");
        }
        return text.toString();
    }
}
