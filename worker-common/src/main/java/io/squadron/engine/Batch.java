package io.squadron.engine;

/**
 * What one replica takes in one step.
 *
 * @param labels class of each image, 0 .. classes - 1
 */
public record Batch(Images images, int[] labels) {
    public Batch {
        if (labels.length != images.count()) {
            throw new IllegalArgumentException(
                    "Cannot batch %d images with %d labels".formatted(images.count(), labels.length));
        }
    }

    public int count() {
        return labels.length;
    }
}
