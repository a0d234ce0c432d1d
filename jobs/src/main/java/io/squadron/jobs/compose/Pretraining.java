package io.squadron.jobs.compose;

import io.squadron.engine.Normalisation;
import io.squadron.exchange.Fitting;
import io.squadron.exchange.FittingReport;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.Preprocessing;
import io.squadron.exchange.PretrainedChoice;
import io.squadron.exchange.TensorFile;
import io.squadron.exchange.TensorFiles;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.JobConfig;
import io.squadron.replica.InitialWeights;
import io.squadron.storage.Storage;
import java.util.ArrayList;
import java.util.List;

/** What the weights of a run start from, and what is known of it before the first step. */
sealed interface Pretraining {
    /** Where the weights before the first step come from. */
    InitialWeights.Start start();

    /** Statistics that the weights were trained with. */
    Normalisation normalisation();

    /** Lines for people: what fits, and where the run shows other images than the weights have seen. */
    List<String> told(RunSetup setup);

    /** A run that begins; a file is opened here, on the driver, so that what does not fit is known before Spark has work. */
    static Pretraining of(JobConfig config, List<String> classes, Storage storage) {
        if (!config.model().startsFromFile()) {
            return new None();
        }
        String uri = storage.qualified(config.model().pretrained());
        try (TensorFile file = TensorFiles.open(storage, uri)) {
            PretrainedChoice choice = new PretrainedChoice(
                    config.model().pretrainedCopy(), depth(config.model().freshDepth(), file, classes));
            return new From(
                    new InitialWeights.Pretrained(uri, choice),
                    Preprocessing.of(file, config.model().architecture()));
        }
    }

    /** A head of other classes begins anew even where there are as many: what it knows are other names. */
    private static int depth(int asked, TensorFile file, List<String> classes) {
        boolean others =
                ModelFile.isOne(file) && !ModelFile.facts(file).classes().equals(classes);
        return others ? Math.max(1, asked) : asked;
    }

    /** A run that has begun. */
    static Pretraining past(ModelFacts model) {
        return new Past(model.normalisation());
    }

    /** All begins anew. */
    record None() implements Pretraining {
        @Override
        public InitialWeights.Start start() {
            return new InitialWeights.Scratch();
        }

        @Override
        public Normalisation normalisation() {
            throw Failure.usage("Cannot normalise as the pretrained weights: there are none (expected model.pretrained "
                    + "beside input.normalisation = pretrained). Set it, or choose dataset or imagenet");
        }

        @Override
        public List<String> told(RunSetup setup) {
            return List.of();
        }
    }

    /** The weights are in a checkpoint, with the statistics. */
    record Past(Normalisation normalisation) implements Pretraining {
        @Override
        public InitialWeights.Start start() {
            return new InitialWeights.Scratch();
        }

        @Override
        public List<String> told(RunSetup setup) {
            return List.of();
        }
    }

    /** From a file. */
    record From(InitialWeights.Pretrained start, Preprocessing input) implements Pretraining {
        @Override
        public Normalisation normalisation() {
            return input.normalisation();
        }

        @Override
        public List<String> told(RunSetup setup) {
            ModelFacts facts = setup.facts();
            List<String> lines = new ArrayList<>();
            try (TensorFile file = TensorFiles.open(setup.storage(), start.uri())) {
                FittingReport report =
                        Fitting.of(file, facts.spec(), start.choice()).report();
                lines.add("pretrained weights: " + report.summary());
                report.fresh()
                        .forEach(each ->
                                lines.add("  anew: " + each.name() + " " + each.shape() + ", " + each.reason()));
                report.notes().forEach(note -> lines.add("  note: " + note));
            }
            compare(lines, "input.size", input.size(), facts.size());
            compare(lines, "input.resize", input.resize(), facts.resize());
            compare(lines, "input.interpolation", input.interpolation(), facts.interpolation());
            compare(lines, "input.normalisation", input.normalisation(), facts.normalisation());
            return lines;
        }

        private void compare(List<String> lines, String key, Object trained, Object now) {
            if (!trained.equals(now)) {
                lines.add("  warning: %s: the weights were trained with %s (%s), this run shows %s"
                        .formatted(key, trained, input.source(), now));
            }
        }
    }
}
