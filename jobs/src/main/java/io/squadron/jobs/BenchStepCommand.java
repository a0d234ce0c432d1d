package io.squadron.jobs;

import io.squadron.jobs.bench.Feed;
import io.squadron.jobs.bench.Mode;
import io.squadron.jobs.bench.StepBench;
import io.squadron.jobs.bench.StepQuestion;
import io.squadron.jobs.bench.Subject;
import io.squadron.jobs.bench.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Parses {@code bench step}. */
@Command(
        name = "step",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = {
            "Measures one training step (or inference), for each engine, precision and number of threads.",
            "All variants take turns on the same random batch, so that noise hits all alike. The ceiling is the rate "
                    + "at which the convolutions of the plan alone would run; share is the step's part of it."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron bench step --architecture resnet50 --batch 16 --size 224 --threads 2 --engine onednn,dl4j",
            "  squadron bench step --architecture resnet18 --batch 1,4,16,64 --threads 1,2 --json step.json --fork"
        })
final class BenchStepCommand implements Runnable {
    private final Jobs jobs;

    @Option(names = "--architecture", paramLabel = "NAME", required = true, description = "A network of the registry.")
    private String architecture;

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "16",
            description = "Images of a step (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "224",
            description = "Edge of the images (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            defaultValue = "2",
            description = "Cores of a session (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "auto",
            description = "Engines (default: ${DEFAULT-VALUE}).")
    private List<String> engines;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "float32",
            description = "float32, bfloat16 or auto (default: ${DEFAULT-VALUE}).")
    private List<String> precisions;

    @Option(
            names = "--mode",
            paramLabel = "NAME",
            defaultValue = "train",
            description =
                    "train, infer, or frozen: the head trained on a frozen body, inference beside it (default: ${DEFAULT-VALUE}).")
    private Mode mode;

    @Option(
            names = "--images",
            paramLabel = "KIND",
            defaultValue = "floats",
            description = "floats, or bytes that the session normalises (default: ${DEFAULT-VALUE}).")
    private Feed images;

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "10",
            description = "Of the head (default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "2",
            description = "Turns before the counted ones, after the one that compiles (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "7",
            description = "Turns that count; the median is shown (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of weights, images and labels (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures are written as JSON.")
    private Optional<Path> json;

    @Option(
            names = "--fork",
            description =
                    "Runs each variant also in a JVM of its own with a small heap, and shows its peak memory (VmHWM).")
    private boolean fork;

    BenchStepCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        Subject subject = new Subject(architecture, size, classes, mode, images, seed);
        StepQuestion question = new StepQuestion(subject, batches, variants(), warmup, steps);
        StepBench.Memory memory = fork ? StepBench.Memory.OWN_PROCESS : StepBench.Memory.SHARED;
        jobs.benchStep(new Jobs.BenchStep(question, memory, json));
    }

    private List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        for (int count : threads) {
            for (String engine : engines) {
                for (String precision : precisions) {
                    variants.add(new Variant(engine, Variant.precision(precision), count));
                }
            }
        }
        return variants;
    }
}
