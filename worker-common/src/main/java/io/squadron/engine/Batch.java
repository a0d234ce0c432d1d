package io.squadron.engine;

/**
 * What one replica takes in one step.
 *
 * @param labels class of each image, 0 .. classes - 1
 * @param place where the batch stands in the run: dropout depends on it
 */
public record Batch(Images images, int[] labels, Place place) {
    public Batch {
        if (labels.length != images.count()) {
            throw new IllegalArgumentException(
                    "Cannot batch %d images with %d labels".formatted(images.count(), labels.length));
        }
    }

    /** A batch that stands at the beginning of everything. */
    public Batch(Images images, int[] labels) {
        this(images, labels, Place.START);
    }

    public int count() {
        return labels.length;
    }

    public Batch at(Place other) {
        return new Batch(images, labels, other);
    }

    /**
     * A place in a run.
     *
     * @param step the step's number, from 0
     * @param first the number of the batch's first sample within the global batch of that step, from 0
     */
    public record Place(long step, int first) {
        public static final Place START = new Place(0, 0);
    }
}
