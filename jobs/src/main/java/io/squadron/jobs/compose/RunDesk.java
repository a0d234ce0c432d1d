package io.squadron.jobs.compose;

import io.squadron.driver.report.RoundTable;
import io.squadron.driver.report.RunComparison;
import io.squadron.driver.report.RunComparisonPage;
import io.squadron.driver.report.TextTable;
import io.squadron.driver.runs.RunState;
import io.squadron.driver.runs.StopRequest;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where an operator asks about runs. Needs no Spark; reads and writes through {@link Storage} alone. */
public record RunDesk(Storage storage, InstantSource clock) {
    private static final List<String> HEAD =
            List.of("run", "state", "epoch", "best", "last change", "architecture", "dataset");

    /** Files that only runs have: one of them is enough for a directory to be listed, be it damaged. */
    private static final Set<String> SIGNS = Set.of("configuration.json", "history.jsonl", "heartbeat.json");

    /** A table of the runs right below {@code directory} and one level deeper, with the reasons of what is not well. */
    public String list(String directory) {
        List<RunFacts> runs = new ArrayList<>();
        for (String name : storage.directories(directory)) {
            String below = Storage.child(directory, name);
            if (isRun(below)) {
                runs.add(facts(below, name));
            } else {
                storage.directories(below).stream()
                        .filter(deeper -> isRun(Storage.child(below, deeper)))
                        .forEach(deeper -> runs.add(facts(Storage.child(below, deeper), name + "/" + deeper)));
            }
        }
        if (runs.isEmpty()) {
            return "no runs in " + directory + System.lineSeparator();
        }
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        runs.forEach(run -> rows.add(run.line()));
        StringBuilder text = new StringBuilder(TextTable.of(rows));
        runs.stream()
                .filter(run -> !run.state().reason().isEmpty())
                .forEach(run -> text.append("%n%s is %s: %s"
                        .formatted(run.name(), run.stateWord(), run.state().reason())));
        return text.toString().stripTrailing() + System.lineSeparator();
    }

    private boolean isRun(String directory) {
        return storage.list(directory).stream().map(StoredFile::name).anyMatch(SIGNS::contains);
    }

    private RunFacts facts(String uri, String name) {
        return RunFacts.of(new RunDirectory(storage, uri), name, clock.instant());
    }

    /** All about one run. */
    public String show(String uri) {
        requireRun(uri);
        return RunPortrait.of(
                facts(uri, uri), new RunDirectory(storage, uri).checkpoints().manifests());
    }

    /** Runs side by side; on a page as well where {@code out} is given. */
    public String compare(List<String> uris, Optional<String> out) {
        uris.forEach(this::requireRun);
        List<RunFacts> facts = uris.stream().map(uri -> facts(uri, uri)).toList();
        RunComparison comparison = new RunComparison(
                facts.stream()
                        .map(each -> new RunComparison.Run(each.name(), each.stateWord(), each.history()))
                        .toList(),
                differences(facts));
        out.ifPresent(page ->
                storage.replace(page, RunComparisonPage.render(comparison).getBytes(StandardCharsets.UTF_8)));
        return comparison.text()
                + out.map(page -> "comparison: " + page + System.lineSeparator())
                        .orElse("");
    }

    private static List<RunComparison.Difference> differences(List<RunFacts> facts) {
        Set<String> keys = new TreeSet<>();
        facts.forEach(each -> keys.addAll(each.configuration().keySet()));
        keys.remove("squadron.run");
        return keys.stream()
                .map(key -> new RunComparison.Difference(
                        key.replaceFirst("^squadron\\.", ""),
                        facts.stream()
                                .map(each -> each.configuration().getOrDefault(key, "-"))
                                .toList()))
                .filter(each -> Set.copyOf(each.values()).size() > 1)
                .toList();
    }

    /** Asks a run to leave; fails with STATE where none works that could hear it. */
    public String stop(String uri) {
        requireRun(uri);
        RunState state = facts(uri, uri).state();
        if (state.kind() != RunState.Kind.RUNNING) {
            throw Failure.state(
                    "Cannot stop %s: it is %s%s (expected a running one). Look at it with runs show",
                    uri,
                    state.kind().name().toLowerCase(Locale.ROOT),
                    state.reason().isEmpty() ? "" : " (" + state.reason() + ")");
        }
        new StopRequest(storage, uri).ask(clock.instant());
        return "asked %s to stop: it leaves at the end of its round, with a checkpoint and exit code %d"
                .formatted(uri, Failure.Kind.STOPPED.exitCode());
    }

    /** The history as CSV. */
    public void exportCsv(String uri, String out) {
        requireRun(uri);
        String text = RoundTable.csv(uri, new RunDirectory(storage, uri).history());
        storage.replace(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private void requireRun(String uri) {
        if (!storage.exists(uri) || !isRun(uri)) {
            throw Failure.state(
                    "Cannot find a run in %s: it has none of %s. Name a directory that train has written",
                    uri, new TreeSet<>(SIGNS));
        }
    }

    /** Keys and values that are not those of conf/reference.conf. */
    static Map<String, String> changed(Map<String, String> configuration, Map<String, String> defaults) {
        Map<String, String> changed = new TreeMap<>(configuration);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(defaults.get(entry.getKey())));
        return changed;
    }
}
