package io.squadron.jobs.compose;

import io.squadron.driver.experiment.Comparison;
import io.squadron.driver.experiment.Halving;
import io.squadron.driver.experiment.Setting;
import io.squadron.driver.experiment.Trial;
import io.squadron.driver.experiment.TrialResult;
import io.squadron.driver.report.ComparisonPage;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.storage.Storage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The job sweep: trials one after the other within one Spark application, each a run in a directory of its own below {@code
 * out}; what is finished there already is not trained again. After each trial the comparison is written anew.
 */
public final class Sweep {
    /** How far trials go. */
    public enum Course {
        /** Every one to its end. */
        WHOLE,
        /** Successive halving. */
        HALVING
    }

    private final List<ConfigSource> sources;
    private final Course course;
    private final String out;
    private final List<Setting> settings;
    private final Map<Trial, JobConfig> trials = new LinkedHashMap<>();
    private final Map<Trial, TrialResult> results = new LinkedHashMap<>();

    /**
     * Checks the configuration of every trial.
     *
     * @param sources what is the same in all trials
     * @param seeds of each setting; none: that of the configuration
     */
    public Sweep(List<ConfigSource> sources, List<Setting> settings, List<Long> seeds, Course course, String out) {
        this.sources = List.copyOf(sources);
        this.course = course;
        this.out = out;
        this.settings = settings.stream().distinct().toList();
        List<Long> all = seeds.isEmpty() ? List.of(JobConfig.load(sources).seed()) : seeds;
        for (Setting setting : this.settings) {
            for (long seed : all) {
                Trial trial = new Trial(setting, seed);
                trials.put(trial, config(trial));
            }
        }
    }

    private JobConfig config(Trial trial) {
        List<ConfigSource> all = new ArrayList<>(sources);
        trial.setting()
                .assignments()
                .forEach(each -> all.add(new ConfigSource.Setting(
                        each.key(), each.value(), "sweep " + each.key() + "=" + each.value())));
        all.add(ConfigSource.Setting.parse("seed=" + trial.seed()));
        all.add(ConfigSource.Setting.parse("run=" + Storage.child(out, trial.name())));
        return JobConfig.load(all);
    }

    /** The stages that the trials go through; each is epochs to come to, and how many settings do. */
    private List<Halving.Rung> rungs() {
        if (course == Course.WHOLE) {
            return List.of(new Halving.Rung(Integer.MAX_VALUE, settings.size()));
        }
        List<Integer> epochs = trials.values().stream()
                .map(config -> config.training().epochs())
                .distinct()
                .toList();
        if (epochs.size() > 1) {
            throw Failure.usage(
                    "Cannot halve settings of different training.epochs %s (expected one length for all)", epochs);
        }
        return new Halving(epochs.get(0)).rungs(settings.size());
    }

    /** What would be run, for people. */
    public String plan() {
        StringBuilder text =
                new StringBuilder("%d settings, %d runs below %s%n".formatted(settings.size(), trials.size(), out));
        if (course == Course.HALVING) {
            rungs().forEach(rung ->
                    text.append("  to epoch %d: the best %d settings%n".formatted(rung.epochs(), rung.settings())));
        }
        trials.keySet()
                .forEach(trial -> text.append("  %s  (%s, seed %d)%n"
                        .formatted(trial.name(), trial.setting().label(), trial.seed())));
        return text.toString();
    }

    /** Runs what is not finished, and says where the page is. */
    public String run(Cluster cluster, PrintStream progress) {
        List<Setting> taking = settings;
        for (Halving.Rung rung : rungs()) {
            taking = taking.subList(0, Math.min(rung.settings(), taking.size()));
            for (Setting setting : taking) {
                trials.keySet().stream()
                        .filter(trial -> trial.setting().equals(setting))
                        .forEach(trial -> go(cluster, trial, rung.epochs(), progress));
            }
            taking = comparison().best(taking, rung.epochs());
        }
        Comparison comparison = comparison();
        if (results.values().stream().noneMatch(TrialResult::counts)) {
            throw Failure.state(
                    "Cannot compare the %d runs below %s: none of them came to a figure; the first because: %s",
                    trials.size(), out, results.values().iterator().next().reason());
        }
        return SweepWords.of(comparison) + "\npage: " + page();
    }

    private void go(Cluster cluster, Trial trial, int epochs, PrintStream progress) {
        progress.println("sweep: " + trial.name());
        TrialResult result;
        try {
            Training training = new Training(cluster, trials.get(trial));
            training.reach(epochs, progress);
            result = new TrialResult(trial, trials.get(trial).run(), status(training), training.validation(), "");
            if (result.curve().isEmpty()) {
                result = failed(trial, "no validation images to judge it by");
            }
        } catch (RuntimeException failure) { // one trial's end is not the sweep's
            progress.println("  failed: " + failure.getMessage());
            result = failed(trial, String.valueOf(failure.getMessage()));
        }
        results.put(trial, result);
        write(cluster.storage());
    }

    private TrialResult failed(Trial trial, String reason) {
        return new TrialResult(trial, trials.get(trial).run(), TrialResult.Status.FAILED, List.of(), reason);
    }

    private static TrialResult.Status status(Training training) {
        return training.over() ? TrialResult.Status.DONE : TrialResult.Status.PARTLY;
    }

    private Comparison comparison() {
        return new Comparison(List.copyOf(results.values()));
    }

    private void write(Storage storage) {
        String summary = "%d settings, %d of %d runs so far; varied: %s"
                .formatted(
                        settings.size(),
                        results.size(),
                        trials.size(),
                        settings.stream()
                                .flatMap(setting -> setting.assignments().stream())
                                .map(Setting.Assignment::key)
                                .distinct()
                                .collect(Collectors.joining(", ")));
        String html = ComparisonPage.render("Comparison", summary, comparison());
        storage.replace(page(), html.getBytes(StandardCharsets.UTF_8));
        storage.replace(
                Storage.child(out, "comparison.json"),
                ComparisonJson.of(comparison()).getBytes(StandardCharsets.UTF_8));
    }

    private String page() {
        return Storage.child(out, "comparison.html");
    }
}
