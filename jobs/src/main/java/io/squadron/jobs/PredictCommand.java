package io.squadron.jobs;

import io.squadron.jobs.config.JobConfig;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code predict}. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Shows images, or a table of them, to a model: Parquet with labels and probabilities.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron predict --run runs/first --source images --out predictions",
            "  squadron predict --model birds.safetensors --source hdfs:///shots.parquet --image-column shot --out found"
        })
final class PredictCommand implements Runnable {
    private final Jobs jobs;

    /** What predicts: one of the two. */
    static final class Model {
        @Option(names = "--run", paramLabel = "URI", description = "The run whose model is taken.")
        private String run;

        @Option(names = "--model", paramLabel = "URI", description = "One model or checkpoint, by itself.")
        private String at;
    }

    @ArgGroup(multiplicity = "1")
    private Model model;

    @Option(
            names = "--source",
            required = true,
            paramLabel = "URI",
            description = "A directory of images, or a table that Spark reads.")
    private String source;

    @Option(names = "--out", required = true, paramLabel = "URI", description = "Directory of the predictions.")
    private String out;

    @Option(
            names = "--image-column",
            paramLabel = "NAME",
            description = "Column of a table that holds the images (predict.image-column).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String imageColumn;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "auto, images, or a format that Spark reads (predict.format).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String format;

    @Option(names = "--top", paramLabel = "N", description = "How many likely classes are listed (predict.top).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String top;

    @Mixin
    private Configured configured;

    PredictCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        JobConfig config = configured.load(
                Map.of("--image-column", "predict.image-column", "--format", "predict.format", "--top", "predict.top"));
        jobs.predict(new Jobs.Predict(config, model.at == null ? model.run : model.at, source, out));
    }
}
