package io.squadron.jobs;

import io.squadron.diagnosis.Ablation;
import io.squadron.engine.Normalisation;
import io.squadron.exchange.Intake;
import io.squadron.image.Interpolation;
import io.squadron.jobs.bench.InputQuestion;
import io.squadron.jobs.bench.StepBench;
import io.squadron.jobs.bench.StepQuestion;
import io.squadron.jobs.bench.sync.SyncQuestion;
import io.squadron.jobs.compose.Exporting;
import io.squadron.jobs.compose.Sweep;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.jobs.doctor.StorageProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the commands do, one method each. A job that cannot be done throws {@link io.squadron.failure.Failure}; results
 * for people go to standard output, progress to standard error.
 */
interface Jobs {
    void prepare(Prepare request);

    void train(Train request);

    void resume(Resume request);

    void evaluate(Evaluate request);

    void diagnose(Diagnose request);

    void predict(Predict request);

    void inspect(Inspect request);

    void importWeights(Import request);

    void export(Exporting.Request request);

    void preview(Preview request);

    void synthesize(Synthesize request);

    void quickstart(Quickstart request);

    void findRate(FindRate request);

    void sweep(SweepSettings request);

    void reproduce(Reproduce request);

    /** Says what became of runs, or asks one to stop; needs no Spark but for Parquet. */
    void runs(Runs request);

    /** Returns the exit code: the general help explains it. */
    int retrain(Retrain request);

    void rollback(Rollback request);

    void registry(ShowRegistry request);

    void benchStep(BenchStep request);

    void benchSync(BenchSync request);

    void benchInput(BenchInput request);

    /** How doctor reaches the file system of the run. */
    StorageProbe storageProbe();

    /** Images at {@code prepare.source} to a dataset at {@code dataset}; both are given. */
    record Prepare(JobConfig config) {}

    /** A new run at {@code run} on {@code dataset}; both are given. Fails where the directory already holds one. */
    record Train(JobConfig config, Extent extent) {
        /** How far train goes. */
        enum Extent {
            WHOLE_RUN,
            /** Prints the plan and stops. */
            PLAN_ONLY
        }
    }

    /**
     * The run at {@code run} goes on from its newest good checkpoint.
     *
     * @param sources laid over the run's own configuration
     */
    record Resume(String run, List<ConfigSource> sources, Train.Extent extent) {
        public Resume {
            sources = List.copyOf(sources);
        }
    }

    /**
     * A model looks at {@code evaluation.split} of {@code dataset}.
     *
     * @param config from the command line alone; what the run itself was configured with lies in the run
     * @param sources what {@code config} was made of, so that they can be laid over the run's own configuration
     * @param model what is evaluated
     * @param out URI of the directory that the report is written to
     */
    record Evaluate(JobConfig config, List<ConfigSource> sources, Model model, String out) {
        public Evaluate {
            sources = List.copyOf(sources);
        }

        /** Where the weights are. */
        sealed interface Model {
            /** The newest good checkpoint of a run. */
            record OfRun(String run) implements Model {}

            /** One model or checkpoint, by its own URI. */
            record At(String uri) implements Model {}
        }
    }

    /**
     * A learning-rate range test on {@code dataset}, which is given.
     *
     * @param from rate of the first step, above 0
     * @param to rate of the last step, above 0
     * @param steps at least 2
     * @param out URI of the page
     */
    record FindRate(JobConfig config, double from, double to, int steps, String out) {}

    /** Trials of a checked sweep, or only their list. */
    record SweepSettings(Sweep sweep, Train.Extent extent) {}

    /**
     * Repeats a run and compares.
     *
     * @param run URI of its directory
     * @param out URI of the repetition's
     * @param sources over the run's own configuration: where its dataset lies now, for instance
     */
    record Reproduce(String run, String out, List<ConfigSource> sources) {
        public Reproduce {
            sources = List.copyOf(sources);
        }
    }

    /** What is wanted of runs; all names are URIs. */
    sealed interface Runs {
        /** A line for each run below {@code directory}. */
        record Listing(String directory) implements Runs {}

        /** All about one. */
        record Showing(String run) implements Runs {}

        /**
         * At least two side by side.
         *
         * @param out of a page
         */
        record Comparing(List<String> runs, Optional<String> out) implements Runs {
            public Comparing {
                runs = List.copyOf(runs);
            }
        }

        /** The history as a table. */
        record Exporting(String run, Format format, String out) implements Runs {}

        /** Asks a run to leave at the end of its round. */
        record Stopping(String run) implements Runs {}

        /** Of a table. */
        enum Format {
            PARQUET,
            CSV
        }
    }

    /**
     * A look into a network.
     *
     * @param sources over the configuration that the model carries
     * @param against URI of a dataset of new images
     * @param without what fresh networks are to lack; empty: no fresh networks
     * @param images of each dataset, at least 2
     * @param out URI of the page
     */
    record Diagnose(
            List<ConfigSource> sources,
            Evaluate.Model model,
            Optional<String> against,
            Set<Ablation.Ingredient> without,
            int images,
            String out) {
        public Diagnose {
            sources = List.copyOf(sources);
            without = Set.copyOf(without);
        }
    }

    /**
     * A model looks at images, or at a table of them; the predictions become Parquet.
     *
     * @param model URI of a run or of a checkpoint
     * @param source URI of a directory of images or of a table
     * @param out URI of a directory
     */
    record Predict(JobConfig config, String model, String source, String out) {}

    /** One night of scheduled training: {@code prepare.source} and {@code retrain.registry} are given. */
    record Retrain(JobConfig config) {}

    /**
     * Another model is promoted again.
     *
     * @param to id of a model; empty: the one before
     */
    record Rollback(JobConfig config, Optional<String> to) {}

    /** What a registry holds. */
    record ShowRegistry(JobConfig config, Part shown) {
        /** How much of it. */
        enum Part {
            HISTORY,
            /** The URI of the promoted model alone, for scripts. */
            PROMOTED
        }
    }

    /**
     * Measures steps on this machine.
     *
     * @param json where the figures go beside the table, if anywhere
     */
    record BenchStep(StepQuestion question, StepBench.Memory memory, Optional<Path> json) {}

    /**
     * Measures on this machine what it costs that replicas move as one.
     *
     * @param json where the figures go as well
     */
    record BenchSync(SyncQuestion question, Optional<Path> json) {}

    /**
     * Measures the way from files to batches on this machine.
     *
     * @param json where the figures go beside the table, if anywhere
     */
    record BenchInput(InputQuestion question, Optional<Path> json) {}

    /**
     * Weights of another program become a model of ours; nothing in the file is ever run.
     *
     * @param from URI of the file
     * @param out URI of the model, a new file
     */
    record Import(String from, String out, Intake intake, Images images) {
        /** How images are prepared, where that is said; what is not said is taken from the file or from convention. */
        record Images(
                Optional<Normalisation> normalisation,
                Optional<Integer> size,
                Optional<Integer> resize,
                Optional<Interpolation> interpolation) {}
    }

    /** Prints what lies at {@code uri}: a dataset, a run, a checkpoint or a model. */
    record Inspect(JobConfig config, String uri) {}

    /**
     * A page of images beside what augmentation makes of them.
     *
     * @param from URI of a dataset or of a directory of images
     * @param out URI of the page
     * @param images how many, at least 1
     */
    record Preview(JobConfig config, String from, String out, int images, Shown shown) {
        /** Which augmentations are shown one by one. */
        enum Shown {
            /** Those of the configuration. */
            SWITCHED_ON,
            /** Every one, strongly. */
            ALL
        }
    }

    /**
     * Draws class folders of pictures for trials; the seed is {@code seed} of the configuration.
     *
     * @param out URI of the directory
     * @param domain which kind of pictures
     * @param imagesPerClass at least 1
     * @param size edge in pixels, at least 8
     */
    record Synthesize(JobConfig config, String out, String domain, int imagesPerClass, int size) {}

    /**
     * The main job on the example images, start to end.
     *
     * @param sources over the recipe
     * @param out directory for everything that is made
     */
    record Quickstart(List<ConfigSource> sources, Path out) {
        public Quickstart {
            sources = List.copyOf(sources);
        }
    }
}
