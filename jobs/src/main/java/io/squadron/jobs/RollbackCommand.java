package io.squadron.jobs;

import io.squadron.jobs.config.JobConfig;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Promotes an earlier model of a registry again.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  squadron rollback --registry registry", "  squadron rollback --registry registry --to 2026-11-21"})
final class RollbackCommand implements Runnable {
    private final Jobs jobs;

    @Option(names = "--registry", paramLabel = "URI", description = "The registry (retrain.registry).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String registry;

    @Option(names = "--to", paramLabel = "NAME", description = "Night that made the model; without: the one before.")
    private Optional<String> to = Optional.empty();

    @Mixin
    private Configured configured;

    RollbackCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        JobConfig config = configured.load(Map.of("--registry", "retrain.registry"));
        Configured.require(config.retrain().registry(), "--registry", "retrain.registry");
        jobs.rollback(new Jobs.Rollback(config, to));
    }
}
