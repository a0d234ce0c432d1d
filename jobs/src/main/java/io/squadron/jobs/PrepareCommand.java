package io.squadron.jobs;

import io.squadron.jobs.config.JobConfig;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code prepare}. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Makes a dataset of images: lists, verifies, splits and packs them into shards.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron prepare --from images --out dataset",
            "  squadron prepare --from birds.csv --out birds-2 --add birds-1",
            "  squadron prepare --from hdfs:///mnist --out hdfs:///datasets/mnist --set prepare.validation-share=0.05"
        })
final class PrepareCommand implements Runnable {
    private final Jobs jobs;

    @Option(names = "--from", paramLabel = "URI", description = "Folders, tables or tars of images (prepare.source).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String from;

    @Option(names = "--out", paramLabel = "URI", description = "Where the dataset goes (dataset).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String out;

    @Option(
            names = "--add",
            paramLabel = "URI",
            description = "The dataset that this one adds to, without rewriting it (prepare.base).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String base;

    @Mixin
    private Configured configured;

    PrepareCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        JobConfig config =
                configured.load(Map.of("--from", "prepare.source", "--out", "dataset", "--add", "prepare.base"));
        Configured.require(config.prepare().source(), "--from", "prepare.source");
        Configured.require(config.dataset(), "--out", "dataset");
        jobs.prepare(new Jobs.Prepare(config));
    }
}
