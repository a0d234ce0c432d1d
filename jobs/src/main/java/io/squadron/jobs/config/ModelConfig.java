package io.squadron.jobs.config;

import io.squadron.model.Architectures;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import java.io.Serializable;
import java.util.List;

/** The network, how it begins, and what of it is not trained. */
public record ModelConfig(
        String architecture,
        ModelOptions.Stem stem,
        Initialisation initialisation,
        boolean zeroInitLastNorm,
        int freezeDepth,
        List<String> freeze)
        implements Checked, Serializable {
    /** The names and stages of layers do not depend on the size of images and the number of classes. */
    private static final Shape ANY_INPUT = new Shape(3, 224, 224);

    private static final int ANY_CLASSES = 2;

    @Override
    public void check(Checks checks) {
        boolean known = Architectures.names().contains(architecture);
        checks.that(known, "architecture", "one of " + String.join(", ", Architectures.names()));
        if (known) {
            ModelSpec spec = Architectures.build(architecture, ModelOptions.of(ANY_INPUT, ANY_CLASSES));
            checks.passes("freeze-depth", () -> Freeze.below(spec, freezeDepth));
            checks.passes("freeze", () -> Freeze.named(spec, freeze));
        }
    }
}
