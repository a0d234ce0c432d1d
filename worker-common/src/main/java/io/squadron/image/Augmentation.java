package io.squadron.image;

/**
 * A random change of an image that leaves its label true. Pure in (image, stream); the result has the image's size, so that
 * augmentations compose in any order.
 */
public sealed interface Augmentation extends Transform
        permits PaddedCrop,
                RandomResizedCrop,
                HorizontalFlip,
                VerticalFlip,
                Rotation,
                Zoom,
                Brightness,
                Contrast,
                Saturation,
                GaussianNoise,
                Erasing {}
