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
            "  squadron prepare --from hdfs:///mnist --out hdfs:///datasets/mnist --set prepare.validation-share=0.05"
        })
final class PrepareCommand implements Runnable {
    private final Jobs jobs;

    @Option(names = "--from", paramLabel = "URI", description = "Class folders or IDX files (prepare.source).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String from;

    @Option(names = "--out", paramLabel = "URI", description = "Where the dataset goes (dataset).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String out;

    @Mixin
    private Configured configured;

    PrepareCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        JobConfig config = configured.load(Map.of("--from", "prepare.source", "--out", "dataset"));
        Configured.require(config.prepare().source(), "--from", "prepare.source");
        Configured.require(config.dataset(), "--out", "dataset");
        jobs.prepare(new Jobs.Prepare(config));
    }
}
