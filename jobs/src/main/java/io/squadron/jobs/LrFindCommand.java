package io.squadron.jobs;

import io.squadron.jobs.config.JobConfig;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code lr-find}. */
@Command(
        name = "lr-find",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Trains some steps with a growing learning rate and suggests where to begin.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron lr-find --dataset dataset --out rates.html",
            "  squadron lr-find --config conf/fashion-mnist.conf --dataset dataset --from 1e-4 --to 3 --out rates.html"
        })
final class LrFindCommand implements Runnable {
    private final Jobs jobs;

    @Option(names = "--dataset", paramLabel = "URI", description = "The prepared dataset (dataset).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String dataset;

    @Option(
            names = "--from",
            paramLabel = "RATE",
            defaultValue = "1e-6",
            description = "Learning rate of the first step (default: ${DEFAULT-VALUE}).")
    private double from;

    @Option(
            names = "--to",
            paramLabel = "RATE",
            defaultValue = "1",
            description = "Learning rate of the last step (default: ${DEFAULT-VALUE}).")
    private double to;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many steps there are between them (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "URI of the page with the curve.")
    private String out;

    @Mixin
    private Configured configured;

    LrFindCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        JobConfig config = configured.load(Map.of("--dataset", "dataset"));
        Configured.require(config.dataset(), "--dataset", "dataset");
        jobs.findRate(new Jobs.FindRate(config, from, to, steps, out));
    }
}
