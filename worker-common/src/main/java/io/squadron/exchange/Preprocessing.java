package io.squadron.exchange;

import io.squadron.engine.Normalisation;
import io.squadron.image.Interpolation;
import java.util.List;

/**
 * How images were prepared for weights. A file of our own says it; of the others it is known by convention.
 *
 * @param source where this is known from, in words
 */
public record Preprocessing(
        int resize, int size, Interpolation interpolation, Normalisation normalisation, String source) {
    private static final Normalisation IMAGENET =
            new Normalisation(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

    /** x / 255 to -1 .. 1. */
    private static final Normalisation CENTRED =
            new Normalisation(List.of(0.5f, 0.5f, 0.5f), List.of(0.5f, 0.5f, 0.5f));

    /** What is known of {@code file}, as weights of {@code architecture}. */
    public static Preprocessing of(TensorFile file, String architecture) {
        if (ModelFile.isOne(file)) {
            ModelFacts facts = ModelFile.facts(file);
            return new Preprocessing(
                    facts.resize(), facts.size(), facts.interpolation(), facts.normalisation(), "the file itself");
        }
        return file instanceof SelfNamed named ? named.preprocessing() : known(architecture);
    }

    /**
     * torchvision's transforms of its ImageNet weights. Those of googlenet were trained elsewhere on -1 .. 1, and torchvision's
     * model turns its input into that ({@code transform_input}); here the normalisation does it.
     */
    public static Preprocessing known(String architecture) {
        boolean googlenet = architecture.equals("googlenet");
        return new Preprocessing(
                256,
                224,
                Interpolation.BILINEAR,
                googlenet ? CENTRED : IMAGENET,
                googlenet
                        ? "torchvision's ImageNet weights of googlenet, with its transform_input"
                        : "torchvision's ImageNet weights");
    }
}
