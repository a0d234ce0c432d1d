package io.squadron.jobs;

import io.squadron.jobs.bench.sync.SyncQuestion;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Parses {@code bench sync}. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = {
            "Measures what it costs that replicas move as one, on two cores of this machine.",
            "Two executors of one core each and one executor of two train the same network on the same images, in turn, each as "
                    + "a run of its own; beside it the sum of the weights between two processes and what plain sockets move."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  squadron bench sync --architecture resnet50 --batch 16 --json sync.json"})
final class BenchSyncCommand implements Runnable {
    private final Jobs jobs;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            defaultValue = "resnet50",
            description = "A network of the registry (default: ${DEFAULT-VALUE}).")
    private String architecture;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Images of a step, over all replicas (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "224",
            description = "Edge of the images, 28 to 256 (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "float32",
            description = "float32, bfloat16 or auto (default: ${DEFAULT-VALUE}).")
    private String precision;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "6",
            description = "Of a round (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Of a run that count; the first and the last one do not (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--turns",
            paramLabel = "N",
            defaultValue = "2",
            description = "Runs of each kind, in turn (default: ${DEFAULT-VALUE}).")
    private int turns;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures are written as JSON.")
    private Optional<Path> json;

    BenchSyncCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        SyncQuestion question = new SyncQuestion(architecture, batch, size, precision, steps, rounds, turns);
        jobs.benchSync(new Jobs.BenchSync(question, json));
    }
}
