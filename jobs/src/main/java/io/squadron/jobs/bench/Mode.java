package io.squadron.jobs.bench;

import io.squadron.engine.Profiled.Pass;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Operations;

/** What is measured. */
public enum Mode {
    /** Forward, backward and the optimiser's update of everything. */
    TRAIN("training step"),
    /** Logits in evaluation mode. */
    INFER("inference"),
    /** Training of the last layer on a body that is frozen. */
    FROZEN("training step of the head on a frozen body");

    private final String words;

    Mode(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    Pass pass() {
        return this == INFER ? Pass.INFERENCE : Pass.STEP;
    }

    Freeze freeze(ModelSpec spec) {
        return this == FROZEN ? Freeze.below(spec, Freeze.stages(spec).size() - 1) : Freeze.none();
    }

    /** Of one image. */
    Operations operations(ModelSpec spec) {
        return this == INFER ? Operations.inference(spec) : Operations.training(spec, freeze(spec));
    }
}
