package io.squadron.jobs.compose;

import io.squadron.driver.checkpoint.CheckpointStore;
import io.squadron.driver.report.HistoryReader;
import io.squadron.driver.report.RunHistory;
import io.squadron.driver.runs.StopRequest;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What lies where in a run's directory: configuration.json, history.jsonl, losses/, report.html, checkpoints/. */
record RunDirectory(Storage storage, String uri) {
    CheckpointStore checkpoints() {
        return new CheckpointStore(storage, uri);
    }

    LossLog losses() {
        return new LossLog(storage, Storage.child(uri, "losses"));
    }

    String report() {
        return Storage.child(uri, "report.html");
    }

    private String configuration() {
        return Storage.child(uri, "configuration.json");
    }

    private String historyFile() {
        return Storage.child(uri, "history.jsonl");
    }

    StopRequest stopRequest() {
        return new StopRequest(storage, uri);
    }

    boolean exists() {
        return storage.exists(configuration());
    }

    void keep(JobConfig config) {
        storage.makeDirectories(uri);
        write(configuration(), config.resolved());
    }

    /** The configuration that the run was started with, as text. */
    String keptConfiguration() {
        if (!exists()) {
            throw Failure.state(
                    "Cannot find a run in %s: it holds no configuration.json. Name a directory that train has written",
                    uri);
        }
        return new String(storage.read(configuration()), StandardCharsets.UTF_8);
    }

    /** The run's own configuration with {@code sources} laid over it. */
    JobConfig config(List<ConfigSource> sources) {
        List<ConfigSource> all = new ArrayList<>();
        all.add(new ConfigSource.Text("configuration of " + uri, keptConfiguration()));
        all.addAll(sources);
        return JobConfig.load(all);
    }

    RunHistory history() {
        return HistoryReader.read(historyText());
    }

    private String historyText() {
        return storage.exists(historyFile()) ? new String(storage.read(historyFile()), StandardCharsets.UTF_8) : "";
    }

    /** Appends to the history by writing it anew: object stores know no appending, and a history is small. */
    Consumer<String> historyAppender() {
        StringBuilder text = new StringBuilder(historyText());
        return line -> {
            if (text.isEmpty() && line.isBlank()) {
                return;
            }
            text.append(line);
            write(historyFile(), text.toString());
        };
    }

    void write(String file, String text) {
        storage.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
