package io.squadron.jobs;

import io.squadron.jobs.config.JobConfig;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code retrain}. */
@Command(
        name = "retrain",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "The scheduled job: trains on what is new, compares with the promoted model, promotes or not.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron retrain --from images --registry registry --config birds.conf",
            "  squadron retrain --from hdfs:///birds --registry hdfs:///registry --id 2026-11-24 --set retrain.margin=0.02"
        })
final class RetrainCommand implements Callable<Integer> {
    private final Jobs jobs;

    @Option(names = "--from", paramLabel = "URI", description = "Where images arrive (prepare.source).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String from;

    @Option(names = "--registry", paramLabel = "URI", description = "Where all is kept (retrain.registry).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String registry;

    @Option(names = "--id", paramLabel = "NAME", description = "Name of this night (retrain.id); without: the date.")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String id;

    @Mixin
    private Configured configured;

    RetrainCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Integer call() {
        JobConfig config = configured.load(
                Map.of("--from", "prepare.source", "--registry", "retrain.registry", "--id", "retrain.id"));
        Configured.require(config.prepare().source(), "--from", "prepare.source");
        Configured.require(config.retrain().registry(), "--registry", "retrain.registry");
        return jobs.retrain(new Jobs.Retrain(config));
    }
}
