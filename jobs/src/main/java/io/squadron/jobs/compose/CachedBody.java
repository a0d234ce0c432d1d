package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.FeatureSamples;
import io.squadron.driver.spark.FeatureJob;
import io.squadron.driver.training.Standing;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.JobConfig;
import io.squadron.model.FrozenBody;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.replica.Entry;
import io.squadron.replica.Phase;
import io.squadron.replica.TrainingJob;
import io.squadron.storage.Storage;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Phases whose frozen body is computed once ({@code phases.features = cached}). */
record CachedBody(JobConfig config, DatasetIndex index, Storage storage) {
    /** Values of one look above which reading them costs more than computing them: 256 KiB. */
    private static final int MOST_ELEMENTS = 1 << 16;

    private static final double NANOS = 1e9;

    /** The same phases, those that can taking features in; fails where none can. */
    List<Phase> of(ModelSpec spec, List<Phase> phases) {
        if (config.sampling().mixup() > 0 || config.sampling().cutmix() > 0) {
            throw Failure.usage(
                    "Cannot train on cached features of mixed images: sampling.mixup is %s, sampling.cutmix "
                            + "%s (expected 0). Set phases.features = computed to mix",
                    config.sampling().mixup(), config.sampling().cutmix());
        }
        List<Phase> all = phases.stream().map(phase -> of(spec, phase)).toList();
        if (all.stream().noneMatch(phase -> phase.entry() instanceof Entry.OfFeatures)) {
            throw Failure.usage(
                    "Cannot cache features of %s: no phase has a frozen body whose output is at most %,d values on inputs "
                            + "of %d pixels. Freeze more (model.freeze-depth, phases.recipe), or set phases.features = "
                            + "computed",
                    spec.architecture(), MOST_ELEMENTS, config.input().size());
        }
        return all;
    }

    private Phase of(ModelSpec spec, Phase phase) {
        Optional<String> top = FrozenBody.top(spec, phase.freeze());
        if (top.isEmpty() || phase.size() != config.input().size()) {
            return phase;
        }
        Shape shape = spec.shapes().get(top.get());
        if (shape.elements() > MOST_ELEMENTS) {
            return phase;
        }
        String directory = Storage.child(directory(), top.get());
        FeatureSamples samples = new FeatureSamples(
                storage, directory, index, shape, config.phases().looks());
        return phase.with(new Entry.OfFeatures(top.get(), samples));
    }

    private String directory() {
        return Storage.child(config.run(), "features");
    }

    /** Computes what is missing, and tells {@code out}. */
    void compute(JavaSparkContext spark, TrainingJob job, Standing from, PrintStream out) {
        for (Phase phase : job.phases()) {
            boolean past = phase.from() < job.phaseAt(from.step()).from();
            if (!past && phase.entry() instanceof Entry.OfFeatures features) {
                long began = System.nanoTime();
                out.printf("  features behind %s: computing those that are missing%n", features.node());
                int pieces = FeatureJob.run(spark, job, phase, from.origin());
                out.printf(
                        "  features behind %s: %d pieces in %.1f s%n",
                        features.node(), pieces, (System.nanoTime() - began) / NANOS);
            }
        }
    }

    /** They can be computed again, and are as large as the dataset may be. */
    void clear() {
        if (storage.exists(directory())) {
            storage.delete(directory());
        }
    }
}
