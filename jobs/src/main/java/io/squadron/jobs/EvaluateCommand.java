package io.squadron.jobs;

import io.squadron.failure.Failure;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Measures a model on one split: loss, top-1, top-5, per class, confusion, calibration.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron evaluate --run runs/first --dataset dataset --split test",
            "  squadron evaluate --model hdfs:///models/birds --dataset hdfs:///datasets/birds --out hdfs:///reports/birds"
        })
final class EvaluateCommand implements Runnable {
    private final Jobs jobs;

    /** What is evaluated: one of the two. */
    static final class Model {
        @Option(
                names = "--run",
                paramLabel = "URI",
                description = "The run whose newest good checkpoint is taken (run).")
        private String run;

        @Option(names = "--model", paramLabel = "URI", description = "One model or checkpoint, by itself.")
        private String at;
    }

    @ArgGroup(multiplicity = "1")
    private Model model;

    @Option(
            names = "--dataset",
            paramLabel = "URI",
            description = "The prepared dataset (dataset). Default with --run: the one it was trained on.")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String dataset;

    @Option(names = "--split", paramLabel = "NAME", description = "validation, test or train (evaluation.split).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String split;

    @Option(
            names = "--out",
            paramLabel = "URI",
            description = "Directory of the report. Default: evaluation/SPLIT in the run.")
    private String out;

    @Mixin
    private Configured configured;

    EvaluateCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        List<ConfigSource> sources =
                configured.sources(Map.of("--dataset", "dataset", "--split", "evaluation.split", "--run", "run"));
        JobConfig config = JobConfig.load(sources);
        // A run knows the dataset that it was trained on.
        if (model.run == null) {
            Configured.require(config.dataset(), "--dataset", "dataset");
        }
        jobs.evaluate(new Jobs.Evaluate(config, sources, model(), out(config)));
    }

    private Jobs.Evaluate.Model model() {
        return model.at == null ? new Jobs.Evaluate.Model.OfRun(model.run) : new Jobs.Evaluate.Model.At(model.at);
    }

    private String out(JobConfig config) {
        if (out != null) {
            return out;
        }
        if (model.run == null) {
            throw Failure.usage("Cannot place the report: a --model has no run directory (expected --out URI)");
        }
        String split = config.evaluation().split().name().toLowerCase(Locale.ROOT);
        return model.run.replaceFirst("/+$", "") + "/evaluation/" + split;
    }
}
