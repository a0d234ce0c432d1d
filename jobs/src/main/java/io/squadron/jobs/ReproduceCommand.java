package io.squadron.jobs;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses {@code reproduce}. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Repeats a run from its own configuration and compares losses, metrics and weights bit by bit.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron reproduce runs/first",
            "  squadron reproduce hdfs:///runs/birds --out hdfs:///runs/birds-again"
        })
final class ReproduceCommand implements Runnable {
    private final Jobs jobs;

    @Parameters(index = "0", paramLabel = "RUN", description = "URI of the run directory.")
    private String run;

    @Option(names = "--out", paramLabel = "URI", description = "Directory of the repetition. Default: RUN-reproduced.")
    private String out;

    @Option(names = "--dataset", paramLabel = "URI", description = "Where the dataset lies now, if it was moved.")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String dataset;

    @Mixin
    private Configured configured;

    ReproduceCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        String place = out == null ? run.replaceFirst("/+$", "") + "-reproduced" : out;
        jobs.reproduce(new Jobs.Reproduce(run, place, configured.sources(Map.of("--dataset", "dataset"))));
    }
}
