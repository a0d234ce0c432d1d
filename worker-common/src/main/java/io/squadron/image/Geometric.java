package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * An augmentation that moves pixels without changing their colours: where each pixel of the result comes from is a
 * {@link Homography}. Those that follow each other are multiplied, and the image is sampled once.
 */
public sealed interface Geometric extends Augmentation
        permits PaddedCrop, HorizontalFlip, VerticalFlip, Rotation, Zoom, Shear, Perspective {

    /** From the points of the result to those of an image of {@code size}, drawn at random. */
    Homography draw(Size size, RandomStream random);

    /** What comes in from outside. */
    default Edge edge() {
        return Edge.REPEAT;
    }

    @Override
    default void onto(Canvas canvas, RandomStream random) {
        canvas.move(draw(canvas.size(), random), edge());
    }
}
