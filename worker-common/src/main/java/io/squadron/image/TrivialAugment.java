package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * One operation, drawn evenly from the fourteen of {@link Operation}, of a magnitude drawn evenly from 31, in a wide range,
 * those that have a direction in either. Nothing to tune. Mueller and Hutter 2021 (arXiv:2103.10158), as torchvision's
 * TrivialAugmentWide; sampled bilinearly where torchvision takes the nearest pixel, black outside.
 */
public record TrivialAugment() implements Augmentation {
    private static final long serialVersionUID = 1L;

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        Operation operation = Operation.draw(random);
        int bin = random.nextInt(Strengths.TRIVIAL_AUGMENT.bins());
        operation.onto(canvas, Strengths.TRIVIAL_AUGMENT.draw(operation, bin, canvas.size(), random));
    }
}
