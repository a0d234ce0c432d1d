package io.squadron.jobs;

import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses {@code registry}. */
@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Prints the history of a registry: every night, what came of it, and what is promoted.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  squadron registry hdfs:///registry", "  squadron registry registry --promoted"})
final class RegistryCommand implements Runnable {
    private final Jobs jobs;

    @Parameters(paramLabel = "URI", description = "The registry.")
    private String uri;

    @Option(names = "--promoted", description = "Prints the URI of the promoted model alone, for scripts.")
    private boolean promoted;

    @Mixin
    private Configured configured;

    RegistryCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        List<ConfigSource> sources = new ArrayList<>(configured.sources(Map.of()));
        sources.add(new ConfigSource.Setting("retrain.registry", uri, uri));
        jobs.registry(new Jobs.ShowRegistry(
                JobConfig.load(sources), promoted ? Jobs.ShowRegistry.Part.PROMOTED : Jobs.ShowRegistry.Part.HISTORY));
    }
}
