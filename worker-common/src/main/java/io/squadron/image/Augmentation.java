package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * A random change of an image that leaves its label true. Pure in (image, stream); the result has the image's size, so that
 * augmentations compose in any order. Each draws its numbers when its turn comes; what the {@link Canvas} does with them,
 * and when, is the canvas's affair.
 */
public sealed interface Augmentation extends Transform
        permits Geometric,
                RandomResizedCrop,
                Brightness,
                Contrast,
                Saturation,
                Hue,
                Grayscale,
                Sharpness,
                GaussianBlur,
                GaussianNoise,
                SaltAndPepper,
                JpegCompression,
                RandAugment,
                TrivialAugment,
                AugMix,
                Erasing {

    /** Draws from {@code random} and leaves on the canvas what it wants done. */
    void onto(Canvas canvas, RandomStream random);

    /** This augmentation alone. */
    @Override
    default Image apply(Image image, RandomStream random) {
        Canvas canvas = Canvas.of(image);
        onto(canvas, random);
        return canvas.image();
    }
}
