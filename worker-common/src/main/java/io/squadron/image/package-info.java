/**
 * From the bytes of an image file to the pixels a network sees: decoding, augmentation, and the transform of evaluation.
 * Augmentations are pure functions of (image, random stream); they draw onto a {@link io.squadron.image.Canvas}, which makes
 * one sampling of moves that follow each other. No files, no Spark, no network.
 */
package io.squadron.image;
