package io.squadron.exchange;

import io.squadron.failure.Failure;
import io.squadron.model.Architectures;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Head;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.model.Variation;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file of others on its way to a model of ours.
 *
 * @param labels names of the classes; empty for those that the file knows, or else their numbers
 */
public record Intake(
        String architecture,
        ModelOptions.Stem stem,
        AuxiliaryHeads auxiliaryHeads,
        PretrainedCopy copy,
        List<String> labels) {
    private static final int ANY_CLASSES = 2;

    /** What only our own files say; those of others hold networks as published. */
    private record Form(Head head, Variation variation) {
        static Form of(TensorFile file) {
            if (!ModelFile.isOne(file)) {
                return new Form(Head.linear(), Variation.none());
            }
            ModelFacts facts = ModelFile.facts(file);
            return new Form(facts.head(), facts.variation());
        }
    }

    /** What came of it. */
    public record Taken(PortableModel model, FittingReport report) {}

    /** Takes {@code file} in, for images prepared as {@code input} says; no layer may begin anew but auxiliary heads. */
    public Taken of(TensorFile file, Preprocessing input) {
        Form form = Form.of(file);
        PretrainedChoice choice = new PretrainedChoice(copy, 0);
        int classes = classes(file, choice, form, input);
        ModelFacts facts = new ModelFacts(
                architecture,
                stem,
                auxiliaryHeads,
                form.head(),
                form.variation(),
                names(file, classes),
                input.resize(),
                input.size(),
                input.interpolation(),
                input.normalisation());
        ModelSpec spec = facts.spec();
        Fitting fitting = Fitting.of(file, spec, choice);
        FittingReport report = fitting.report();
        if (!report.fresh().isEmpty()) {
            throw Failure.data(
                    "Cannot import %s as %s: it has no %s of shape %s (expected a whole network). Leave its auxiliary heads "
                            + "out, or train from it: there a head may begin anew",
                    file.where(),
                    architecture,
                    report.fresh().get(0).name(),
                    report.fresh().get(0).shape());
        }
        Weights weights = Weights.zeros(spec.layout());
        fitting.fill(weights);
        return new Taken(
                new PortableModel(
                        facts,
                        weights,
                        Map.of(
                                "imported-from",
                                file.where(),
                                "names",
                                report.names(),
                                "preprocessing",
                                input.source())),
                report);
    }

    private int classes(TensorFile file, PretrainedChoice choice, Form form, Preprocessing input) {
        ModelSpec spec = Architectures.build(
                architecture,
                new ModelOptions(
                        new Shape(3, input.size(), input.size()),
                        ANY_CLASSES,
                        stem,
                        auxiliaryHeads,
                        form.head(),
                        form.variation()));
        String last = spec.output().name() + ".weight";
        return Fitting.mapping(file, spec, choice).tensors().stream()
                .filter(tensor -> tensor.name().equals(last) && !tensor.shape().isEmpty())
                .map(tensor -> tensor.shape().get(0))
                .findFirst()
                .orElseThrow(() -> Failure.data(
                        "Cannot import %s as %s: it has no head %s (expected one, which tells how many classes there are). "
                                + "Name the architecture it was made with, or train from it: there a head may begin anew",
                        file.where(), architecture, last));
    }

    private List<String> names(TensorFile file, int classes) {
        List<String> names = labels;
        if (names.isEmpty() && ModelFile.isOne(file)) {
            names = ModelFile.facts(file).classes();
        }
        if (names.isEmpty()) {
            List<String> numbers = new ArrayList<>();
            for (int i = 0; i < classes; i++) {
                numbers.add(String.valueOf(i));
            }
            names = numbers;
        }
        if (names.size() != classes) {
            throw Failure.data(
                    "Cannot import %s with %d labels: its head has %d classes (expected a label for each, a line each, in "
                            + "their order). Correct --labels",
                    file.where(), names.size(), classes);
        }
        return names;
    }
}
