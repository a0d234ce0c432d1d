package io.squadron.jobs;

import io.squadron.engine.Normalisation;
import io.squadron.exchange.Intake;
import io.squadron.exchange.PretrainedCopy;
import io.squadron.failure.Failure;
import io.squadron.image.Interpolation;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.ModelOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Makes a model of weights that other programs have trained; runs nothing that is in the file.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron import --from resnet50.pth --architecture resnet50 --out resnet50.safetensors",
            "  squadron import --from hf/model.safetensors --architecture resnet18 --out m.safetensors --labels names.txt"
        })
final class ImportCommand implements Runnable {
    private static final int CHANNELS = 3;

    private final Jobs jobs;

    @Option(
            names = "--from",
            paramLabel = "URI",
            required = true,
            description = "Safetensors or their index, a file of torch.save, or HDF5 of Keras.")
    private String from;

    @Option(names = "--architecture", paramLabel = "NAME", required = true, description = "What it is the weights of.")
    private String architecture;

    @Option(names = "--out", paramLabel = "URI", required = true, description = "The model, a new file.")
    private String out;

    @Option(
            names = "--stem",
            defaultValue = "STANDARD",
            description = "How the network begins: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ModelOptions.Stem stem;

    @Option(
            names = "--auxiliary-heads",
            defaultValue = "NONE",
            description =
                    "Whether inner heads are taken over, too: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AuxiliaryHeads auxiliaryHeads;

    @Option(
            names = "--copy",
            defaultValue = "TRAINED",
            description = "Of two copies in the file: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PretrainedCopy copy;

    @Option(names = "--labels", paramLabel = "FILE", description = "Names of the classes, a line each, in their order.")
    private Optional<Path> labels = Optional.empty();

    @Option(
            names = "--mean",
            paramLabel = "R,G,B",
            split = ",",
            description = "Means of the channels, as shares of 255.")
    private List<Float> mean = List.of();

    @Option(names = "--std", paramLabel = "R,G,B", split = ",", description = "Their deviations, as shares of 255.")
    private List<Float> deviation = List.of();

    @Option(names = "--size", paramLabel = "N", description = "Edge of the input in pixels.")
    private Optional<Integer> size = Optional.empty();

    @Option(names = "--resize", paramLabel = "N", description = "Shorter edge before the centre is cut, in pixels.")
    private Optional<Integer> resize = Optional.empty();

    @Option(names = "--interpolation", description = "Of that resize: ${COMPLETION-CANDIDATES}.")
    private Optional<Interpolation> interpolation = Optional.empty();

    @Mixin
    private Configured configured;

    ImportCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        configured.load(Map.of());
        Jobs.Import.Images images = new Jobs.Import.Images(normalisation(), size, resize, interpolation);
        Intake intake = new Intake(architecture, stem, auxiliaryHeads, copy, labels());
        jobs.importWeights(new Jobs.Import(from, out, intake, images));
    }

    private Optional<Normalisation> normalisation() {
        if (mean.isEmpty() && deviation.isEmpty()) {
            return Optional.empty();
        }
        if (mean.size() != CHANNELS
                || deviation.size() != CHANNELS
                || deviation.stream().anyMatch(each -> !(each > 0))) {
            throw Failure.usage(
                    "Cannot normalise with --mean %s and --std %s (expected three numbers each, R,G,B, deviations above 0)",
                    mean, deviation);
        }
        return Optional.of(new Normalisation(mean, deviation));
    }

    private List<String> labels() {
        if (labels.isEmpty()) {
            return List.of();
        }
        try {
            return Files.readAllLines(labels.get(), StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw Failure.usage(
                            "Cannot read the labels in %s: %s (expected a text of UTF-8)", labels.get(), e.getMessage())
                    .causedBy(e);
        }
    }
}
