package io.squadron.model;

import io.squadron.failure.Failure;

/**
 * What a person chooses about an architecture.
 *
 * @param input shape of one image
 * @param classes outputs of the head
 * @param stem how the first layers treat the image
 * @param auxiliaryHeads whether there are heads on inner layers, too
 * @param head what gives the logits
 * @param variation how it departs from what was published
 */
public record ModelOptions(
        Shape input, int classes, Stem stem, AuxiliaryHeads auxiliaryHeads, Head head, Variation variation) {
    /** How a network begins. */
    public enum Stem {
        /** As published: for a ResNet, 7x7 convolution of stride 2 and 3x3 max pool of stride 2. */
        STANDARD,
        /** For images of 28 to 96 pixels: 3x3 convolution of stride 1 and no pool, as He et al. did on CIFAR; no VGG has it. */
        SMALL
    }

    public ModelOptions {
        if (classes < 2) {
            throw Failure.usage("Cannot classify into %d classes (expected at least 2)", classes);
        }
    }

    /** With one head, as published. */
    public ModelOptions(Shape input, int classes, Stem stem) {
        this(input, classes, stem, AuxiliaryHeads.NONE, Head.linear(), Variation.none());
    }

    public static ModelOptions of(Shape input, int classes) {
        return new ModelOptions(input, classes, Stem.STANDARD);
    }

    public ModelOptions with(AuxiliaryHeads heads) {
        return new ModelOptions(input, classes, stem, heads, head, variation);
    }

    public ModelOptions with(Head other) {
        return new ModelOptions(input, classes, stem, auxiliaryHeads, other, variation);
    }

    public ModelOptions with(Variation other) {
        return new ModelOptions(input, classes, stem, auxiliaryHeads, head, other);
    }
}
