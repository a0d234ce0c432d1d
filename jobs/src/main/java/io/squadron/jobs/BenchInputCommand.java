package io.squadron.jobs;

import io.squadron.jobs.bench.InputQuestion;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Parses {@code bench input}. */
@Command(
        name = "input",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = {
            "Measures the way from JPEG files to batches: decoding, cropping, augmenting and laying out by one thread (its "
                    + "CPU time, the fastest round), reading from shards, and training on shards beside training in memory.",
            "Draws its own pictures of 500 x 375 and 2000 x 1500 and leaves them in the folder."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  squadron bench input --folder /tmp/input --json input.json"})
final class BenchInputCommand implements Runnable {
    private final Jobs jobs;

    @Option(names = "--folder", paramLabel = "DIR", required = true, description = "For the pictures and a shard.")
    private Path folder;

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "64",
            description = "Of each size (default: ${DEFAULT-VALUE}).")
    private int pictures;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "12",
            description = "Over the pictures (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "5",
            description = "Of training in a turn; 0 leaves training out (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            defaultValue = "resnet18",
            description = "That is trained (default: ${DEFAULT-VALUE}).")
    private String architecture;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures are written as JSON.")
    private Optional<Path> json;

    BenchInputCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        InputQuestion question = new InputQuestion(folder, pictures, rounds, steps, architecture);
        jobs.benchInput(new Jobs.BenchInput(question, json));
    }
}
