package io.squadron.jobs.config;

import io.squadron.exchange.PretrainedCopy;
import io.squadron.model.Architectures;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Dropout;
import io.squadron.model.Freeze;
import io.squadron.model.Head;
import io.squadron.model.Initialisation;
import io.squadron.model.Layer;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.model.Variation;
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
        Dropout dropout,
        boolean skipConnections,
        boolean batchNorms,
        double stochasticDepth,
        Initialisation initialisation,
        boolean zeroInitLastNorm,
        String pretrained,
        PretrainedCopy pretrainedCopy,
        int freshDepth,
        int freezeDepth,
        List<String> freeze,
        FrozenNorms frozenNorms)
        implements Checked, Serializable {
    /** What becomes of the batch norms of a frozen body. */
    public enum FrozenNorms {
        EVALUATION,
        RE_ESTIMATED,
        TRAINED
    }

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

    /** How the network departs from what was published. */
    public Variation variation() {
        return new Variation(
                skipConnections ? Variation.Skips.ON : Variation.Skips.OFF,
                batchNorms ? Variation.Norms.ON : Variation.Norms.OFF,
                (float) stochasticDepth,
                dropout);
    }

    @Override
    public void check(Checks checks) {
        checks.withoutSecret("pretrained", pretrained);
        checks.atLeast("head-units", headUnits, 1);
        checks.shareBelowOne("stochastic-depth", stochasticDepth);
        boolean varied = stochasticDepth >= 0 && stochasticDepth < 1 && (skipConnections || stochasticDepth == 0);
        checks.together(
                skipConnections || stochasticDepth == 0,
                List.of("stochastic-depth", "skip-connections"),
                "skip connections to go around the branches that are left out");
        checks.that(headDropout >= 0 && headDropout < 1, "head-dropout", "0 <= share < 1");
        checkArchitecture(checks, varied ? variation() : Variation.none());
    }

    private void checkArchitecture(Checks checks, Variation variation) {
        boolean known = Architectures.names().contains(architecture);
        checks.that(known, "architecture", "one of " + String.join(", ", Architectures.names()));
        if (known) {
            ModelOptions options = ModelOptions.of(ANY_INPUT, ANY_CLASSES).with(auxiliaryHeads);
            checks.passes(
                    "stem",
                    () -> Architectures.build(
                            architecture,
                            new ModelOptions(
                                    ANY_INPUT, ANY_CLASSES, stem, auxiliaryHeads, Head.linear(), Variation.none())));
            checks.passes("skip-connections", () -> Architectures.build(architecture, options.with(variation)));
            // The stem changes no stage.
            ModelSpec spec = Architectures.build(architecture, options);
            checks.passes("freeze-depth", () -> Freeze.below(spec, freezeDepth));
            int stages = Freeze.stages(spec).size();
            checks.that(freshDepth >= 0 && freshDepth <= stages, "fresh-depth", "0 to " + stages);
            checks.passes("freeze", () -> Freeze.named(spec, freeze));
            checks.together(
                    !zeroInitLastNorm || (residual(spec) && skipConnections && batchNorms),
                    List.of("zero-init-last-norm", "architecture", "skip-connections", "batch-norms"),
                    "an architecture with residual blocks, its skip connections and its batch norms");
        }
    }

    private static boolean residual(ModelSpec spec) {
        return spec.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.Add);
    }
}
