package io.squadron.jobs;

import io.squadron.diagnosis.Ablation;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code diagnose}. */
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description =
                "Looks into a network: what enters its layers, dead units, gradients and updates through the depth, "
                        + "and how far new images lie from old ones.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron diagnose --run runs/first",
            "  squadron diagnose --model models/birds --dataset datasets/birds --against datasets/my-birds --out d.html",
            "  squadron diagnose --run runs/first --without norms,skips"
        })
final class DiagnoseCommand implements Runnable {
    private final Jobs jobs;

    /** What is looked into: one of the two. */
    static final class Model {
        @Option(
                names = "--run",
                paramLabel = "URI",
                description = "The run whose newest good checkpoint is taken (run).")
        private String run;

        @Option(names = "--model", paramLabel = "URI", description = "One model or checkpoint, by itself.")
        private String at;
    }

    @ArgGroup(multiplicity = "1")
    private Model model;

    @Option(
            names = "--dataset",
            paramLabel = "URI",
            description =
                    "The old images: a prepared dataset. Default: the one that the model was trained on (dataset).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String dataset;

    @Option(
            names = "--against",
            paramLabel = "URI",
            description = "New images: another prepared dataset, of any classes.")
    private String against;

    @Option(
            names = "--without",
            paramLabel = "WHAT",
            split = ",",
            description = "Also looks into fresh networks with and without norms, skips or both.")
    private List<Ablation.Ingredient> without = new ArrayList<>();

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "128",
            description = "How many training images of each dataset are looked at (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(names = "--out", paramLabel = "FILE", description = "The page. Default: diagnosis.html in the run.")
    private String out;

    @Mixin
    private Configured configured;

    DiagnoseCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        if (images < 2) {
            throw Failure.usage("Cannot look at %d images (expected at least 2). Correct --images", images);
        }
        List<ConfigSource> sources = configured.sources(Map.of("--dataset", "dataset", "--run", "run"));
        JobConfig.load(sources);
        Set<Ablation.Ingredient> ingredients = EnumSet.noneOf(Ablation.Ingredient.class);
        ingredients.addAll(without);
        jobs.diagnose(new Jobs.Diagnose(sources, model(), Optional.ofNullable(against), ingredients, images, place()));
    }

    private Jobs.Evaluate.Model model() {
        return model.at == null ? new Jobs.Evaluate.Model.OfRun(model.run) : new Jobs.Evaluate.Model.At(model.at);
    }

    private String place() {
        if (out != null) {
            return out;
        }
        if (model.run == null) {
            throw Failure.usage("Cannot place the page: a --model has no run directory (expected --out FILE)");
        }
        return model.run.replaceFirst("/+$", "") + "/diagnosis.html";
    }
}
