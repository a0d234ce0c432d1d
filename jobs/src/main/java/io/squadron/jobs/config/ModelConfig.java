package io.squadron.jobs.config;

import io.squadron.exchange.PretrainedCopy;
import io.squadron.model.Architectures;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Freeze;
import io.squadron.model.Head;
import io.squadron.model.Initialisation;
import io.squadron.model.Layer;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import java.io.Serializable;
import java.util.List;

/** The network, how it begins, and what of it is not trained. */
public record ModelConfig(
        String architecture,
        ModelOptions.Stem stem,
        AuxiliaryHeads auxiliaryHeads,
        HeadKind head,
        int headUnits,
        double headDropout,
        Initialisation initialisation,
        boolean zeroInitLastNorm,
        String pretrained,
        PretrainedCopy pretrainedCopy,
        int freshDepth,
        int freezeDepth,
        List<String> freeze)
        implements Checked, Serializable {
    /** What gives the logits. */
    public enum HeadKind {
        LINEAR,
        HIDDEN
    }

    /** The names and stages of layers do not depend on the size of images and the number of classes. */
    private static final Shape ANY_INPUT = new Shape(3, 224, 224);

    private static final int ANY_CLASSES = 2;

    /** Whether the weights come from a file. */
    public boolean startsFromFile() {
        return !pretrained.isEmpty();
    }

    public Head finalHead() {
        return head == HeadKind.LINEAR ? Head.linear() : new Head.Hidden(headUnits, (float) headDropout);
    }

    @Override
    public void check(Checks checks) {
        checks.atLeast("head-units", headUnits, 1);
        checks.that(headDropout >= 0 && headDropout < 1, "head-dropout", "0 <= share < 1");
        checkArchitecture(checks);
    }

    private void checkArchitecture(Checks checks) {
        boolean known = Architectures.names().contains(architecture);
        checks.that(known, "architecture", "one of " + String.join(", ", Architectures.names()));
        if (known) {
            ModelOptions options = ModelOptions.of(ANY_INPUT, ANY_CLASSES).with(auxiliaryHeads);
            checks.passes(
                    "stem",
                    () -> Architectures.build(
                            architecture,
                            new ModelOptions(ANY_INPUT, ANY_CLASSES, stem, auxiliaryHeads, Head.linear())));
            // The stem changes no stage.
            ModelSpec spec = Architectures.build(architecture, options);
            checks.passes("freeze-depth", () -> Freeze.below(spec, freezeDepth));
            int stages = Freeze.stages(spec).size();
            checks.that(freshDepth >= 0 && freshDepth <= stages, "fresh-depth", "0 to " + stages);
            checks.passes("freeze", () -> Freeze.named(spec, freeze));
            checks.together(
                    !zeroInitLastNorm || residual(spec),
                    List.of("zero-init-last-norm", "architecture"),
                    "an architecture with residual blocks");
        }
    }

    private static boolean residual(ModelSpec spec) {
        return spec.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.Add);
    }
}
