package io.squadron.jobs;

import io.squadron.exchange.onnx.OnnxModel;
import io.squadron.jobs.compose.Exporting;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Writes a trained model as a file for other programs, with its labels and preprocessing.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron export --model runs/first --format onnx --with-preprocessing --out birds.onnx",
            "  squadron export --model runs/first --format pth --out hdfs:///models/birds.pth"
        })
final class ExportCommand implements Runnable {
    private final Jobs jobs;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "URI",
            description = "A run (its most accurate checkpoint), a checkpoint, or a file of a model.")
    private String model;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}, in small letters too.")
    private Exporting.Format format;

    @Option(names = "--out", required = true, paramLabel = "URI", description = "The new file.")
    private String out;

    @Option(
            names = "--with-preprocessing",
            description = "onnx: takes bytes of RGB images, and normalises them in the graph.")
    private boolean withPreprocessing;

    @Option(names = "--with-probabilities", description = "onnx: a second output, the softmax of the logits.")
    private boolean withProbabilities;

    @Option(names = "--overwrite", description = "Takes the place of a file that is there.")
    private boolean overwrite;

    @Mixin
    private Configured configured;

    ExportCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        configured.load(Map.of());
        Set<OnnxModel.Extra> extras = EnumSet.noneOf(OnnxModel.Extra.class);
        if (withPreprocessing) {
            extras.add(OnnxModel.Extra.PREPROCESSING);
        }
        if (withProbabilities) {
            extras.add(OnnxModel.Extra.PROBABILITIES);
        }
        Exporting.Taken taken = overwrite ? Exporting.Taken.OVERWRITE : Exporting.Taken.REFUSE;
        jobs.export(new Exporting.Request(model, format, out, extras, taken));
    }
}
