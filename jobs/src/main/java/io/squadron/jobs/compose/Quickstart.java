package io.squadron.jobs.compose;

import io.squadron.baseline.LogisticRegression;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.Split;
import io.squadron.driver.report.ReportData;
import io.squadron.evaluation.Metrics;
import io.squadron.evaluation.Tally;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The main job on the example images, start to end: unpack, prepare, train, evaluate, compare with a logistic regression
 * on the same pixels. What an earlier quickstart unpacked and prepared is used again; each has a run of its own.
 *
 * @param home where examples/ and conf/ lie
 * @param work directory for everything that is made
 * @param further sources over the recipe
 */
public record Quickstart(Path home, Path work, List<ConfigSource> further) {
    public Quickstart {
        further = List.copyOf(further);
    }

    public void run(PrintStream out, PrintStream progress) {
        Phases phases = new Phases(progress);
        JobConfig config = config();
        try (Cluster cluster = phases.time(
                "start Spark",
                () -> Cluster.start("squadron quickstart", config.training().replicas()))) {
            Path images = work.resolve("images");
            phases.time(
                    "unpack",
                    () -> new ExampleImages(home.resolve("examples/fashion-mnist/fashion-mnist.tar.gz"))
                            .unpack(images));
            phases.time("prepare", () -> prepare(cluster, config, progress));
            phases.time("train", () -> {
                new Training(cluster, config).start(progress);
                return true;
            });
            Evaluating evaluating = Evaluating.ofRun(cluster, config.run(), List.of(testSplit()));
            Tally tally = phases.time("evaluate", evaluating::tally);
            double baseline = phases.time("logistic regression", () -> baseline(evaluating));
            String page = phases.time(
                    "report",
                    () -> evaluating.report(
                            tally,
                            config.run(),
                            List.of(new ReportData.Baseline("logistic regression on the same pixels", baseline))));
            out.println(result(tally, baseline, evaluating));
            out.println(phases.table());
            out.println(places(config, page));
        }
    }

    private JobConfig config() {
        List<ConfigSource> sources = new ArrayList<>();
        sources.add(new ConfigSource.File(home.resolve("conf/fashion-mnist.conf")));
        sources.add(ConfigSource.Setting.parse("dataset=" + uri("dataset")));
        sources.add(ConfigSource.Setting.parse("prepare.source=" + uri("images")));
        sources.add(ConfigSource.Setting.parse("run=" + uri(freeRun())));
        sources.addAll(further);
        return JobConfig.load(sources);
    }

    private static ConfigSource testSplit() {
        return ConfigSource.Setting.parse("evaluation.split=test");
    }

    private String uri(String name) {
        return work.resolve(name).toAbsolutePath().toUri().toString();
    }

    private String freeRun() {
        int number = 1;
        while (Files.exists(work.resolve("run-" + number))) {
            number++;
        }
        return "run-" + number;
    }

    private static boolean prepare(Cluster cluster, JobConfig config, PrintStream progress) {
        String description = io.squadron.storage.Storage.child(config.dataset(), DatasetFiles.DESCRIPTION);
        if (cluster.storage().exists(description)) {
            progress.println("  using the dataset that is there: " + config.dataset());
        } else {
            progress.println(Summaries.of(Preparation.run(cluster, config), config.dataset())
                    .indent(2));
        }
        return true;
    }

    /** Test accuracy of a logistic regression that learned from the same training images. */
    private static double baseline(Evaluating evaluating) {
        GreyPixels pixels = new GreyPixels(evaluating.setup());
        int classes = evaluating.classes().size();
        LogisticRegression regression = LogisticRegression.train(
                pixels.of(Split.TRAIN), pixels.labels(Split.TRAIN), classes, LogisticRegression.Settings.DEFAULT);
        return regression.accuracy(pixels.of(Split.TEST), pixels.labels(Split.TEST));
    }

    private static String result(Tally tally, double baseline, Evaluating evaluating) {
        return String.format(
                Locale.ROOT,
                "%nHeld-out accuracy: %.2f%% by the network, %.2f%% by a logistic regression on the same pixels%n%s%n",
                100 * Metrics.of(tally).topOne(),
                100 * baseline,
                Summaries.of(tally, evaluating.classes()));
    }

    private static String places(JobConfig config, String page) {
        return """

                report       %s
                run          %s (checkpoints, history, configuration)
                dataset      %s
                Next: ./squadron prepare --from YOUR_FOLDERS --out dataset, then ./squadron train --help""".formatted(page, config.run(), config.dataset());
    }
}
