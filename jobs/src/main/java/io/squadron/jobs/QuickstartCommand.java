package io.squadron.jobs;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code quickstart}. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Prepares the example images, trains resnet18 on them with two replicas, evaluates, and reports.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  squadron quickstart", "  squadron quickstart --out /tmp/quickstart --set training.epochs=2"})
final class QuickstartCommand implements Runnable {
    private final Jobs jobs;

    @Option(
            names = "--out",
            paramLabel = "DIRECTORY",
            defaultValue = "quickstart",
            description = "Where everything goes (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private Configured configured;

    QuickstartCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        jobs.quickstart(new Jobs.Quickstart(configured.sources(Map.of()), out));
    }
}
