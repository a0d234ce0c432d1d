package io.squadron.jobs;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Parses {@code inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Prints what lies at a URI: a dataset, a run, a checkpoint or a model.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  squadron inspect dataset", "  squadron inspect hdfs:///runs/birds"})
final class InspectCommand implements Runnable {
    private final Jobs jobs;

    @Parameters(paramLabel = "URI", description = "The dataset, run, checkpoint or model.")
    private String uri;

    @Mixin
    private Configured configured;

    InspectCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        jobs.inspect(new Jobs.Inspect(configured.load(Map.of()), uri));
    }
}
