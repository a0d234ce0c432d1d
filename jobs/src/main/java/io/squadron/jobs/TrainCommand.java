package io.squadron.jobs;

import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Fine-tunes a model on a dataset; the run directory holds checkpoints, history and report.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron train --dataset dataset --run runs/first",
            "  squadron train --config conf/fashion-mnist.conf --dataset dataset --run runs/fm --dry-run",
            "  squadron train --dataset hdfs:///datasets/birds --run hdfs:///runs/birds --set training.epochs=30",
            "  squadron train --run hdfs:///runs/birds --resume",
            "  squadron train --from birds.csv --cache cache --run runs/birds"
        })
final class TrainCommand implements Runnable {
    private final Jobs jobs;

    @Option(names = "--dataset", paramLabel = "URI", description = "The prepared dataset (dataset).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String dataset;

    @Option(
            names = "--from",
            paramLabel = "URI",
            description = "Images to prepare, in place of a dataset (prepare.source).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String from;

    @Option(names = "--cache", paramLabel = "URI", description = "Where their dataset is kept (prepare.cache).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String cache;

    @Option(names = "--run", paramLabel = "URI", description = "The run directory (run).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String run;

    @Option(
            names = "--resume",
            description =
                    "Goes on from the newest good checkpoint of the run, with its own configuration under what is given.")
    private boolean resume;

    @Option(names = "--dry-run", description = "Prints the plan (rounds, steps, learning rates) and stops.")
    private boolean dryRun;

    @Mixin
    private Configured configured;

    TrainCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        List<ConfigSource> sources = configured.sources(
                Map.of("--dataset", "dataset", "--from", "prepare.source", "--cache", "prepare.cache", "--run", "run"));
        Jobs.Train.Extent extent = dryRun ? Jobs.Train.Extent.PLAN_ONLY : Jobs.Train.Extent.WHOLE_RUN;
        JobConfig config = JobConfig.load(sources);
        if (resume) {
            Configured.require(config.run(), "--run", "run");
            jobs.resume(new Jobs.Resume(config.run(), sources, extent));
            return;
        }
        if (config.prepare().source().isEmpty() || config.prepare().cache().isEmpty()) {
            Configured.require(config.dataset(), "--dataset", "dataset");
        }
        Configured.require(config.run(), "--run", "run");
        jobs.train(new Jobs.Train(config, extent));
    }
}
