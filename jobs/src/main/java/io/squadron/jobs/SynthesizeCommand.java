package io.squadron.jobs;

import io.squadron.failure.Failure;
import io.squadron.jobs.config.JobConfig;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code synthesize}. */
@Command(
        name = "synthesize",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Draws pictures of shapes in class folders, for trials without data of one's own.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron synthesize --out images --domain sunny --images-per-class 200 --size 64 --seed 1",
            "  squadron synthesize --out fog --domain fog --images-per-class 200 --size 64 --seed 2"
        })
final class SynthesizeCommand implements Runnable {
    private final Jobs jobs;

    @Option(names = "--out", paramLabel = "URI", required = true, description = "Where the class folders go.")
    private String out;

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            defaultValue = "sunny",
            description = "Light and camera: sunny, cloudy, noisy, night or fog (default: ${DEFAULT-VALUE}).")
    private String domain;

    @Option(
            names = "--images-per-class",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many of each class (default: ${DEFAULT-VALUE}).")
    private int imagesPerClass;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "64",
            description = "Edge of the pictures, 28 to 256 (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--seed", paramLabel = "N", description = "Everything random follows from it (seed).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String seed;

    @Mixin
    private Configured configured;

    SynthesizeCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        JobConfig config = configured.load(Map.of("--seed", "seed"));
        if (imagesPerClass < 1 || size < 8) {
            throw Failure.usage(
                    "Cannot draw %d images per class of %d pixels (expected at least 1 image, of at least 8 pixels)",
                    imagesPerClass, size);
        }
        jobs.synthesize(new Jobs.Synthesize(config, out, domain, imagesPerClass, size));
    }
}
