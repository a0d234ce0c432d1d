package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * So many operations, each drawn evenly from the fourteen of {@link Operation}, all of one magnitude, those that have a
 * direction in either. Cubuk et al. 2019 (arXiv:1909.13719), with the operations and strengths of torchvision's
 * RandAugment; sampled bilinearly where torchvision takes the nearest pixel, black outside.
 *
 * @param operations how many follow each other, 1 to 16; the paper has 2
 * @param magnitude 0 (hardly anything) to 30; torchvision's default is 9
 */
public record RandAugment(int operations, int magnitude) implements Augmentation {
    private static final long serialVersionUID = 1L;

    public RandAugment {
        Limits.within("a number of operations of", operations, 1, 16);
        Limits.within("a magnitude of", magnitude, 0, 30);
    }

    @Override
    public void onto(Canvas canvas, RandomStream random) {
        for (int i = 0; i < operations; i++) {
            Operation operation = Operation.draw(random);
            operation.onto(canvas, Strengths.RAND_AUGMENT.draw(operation, magnitude, canvas.size(), random));
        }
    }
}
