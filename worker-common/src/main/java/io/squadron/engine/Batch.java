package io.squadron.engine;

/**
 * What one replica takes in one step.
 *
 * @param targets what each image is to be taken for
 * @param place where the batch stands in the run: dropout depends on it
 */
public record Batch(Images images, Targets targets, Place place) {
    public Batch {
        if (targets.count() != images.count()) {
            throw new IllegalArgumentException(
                    "Cannot batch %d images with %d labels".formatted(images.count(), targets.count()));
        }
    }

    /** A batch that stands at the beginning of everything. */
    public Batch(Images images, Targets targets) {
        this(images, targets, Place.START);
    }

    /** Each image of one class. */
    public Batch(Images images, int[] labels) {
        this(images, Targets.of(labels));
    }

    /** The class of each image; where two are mixed, the one that its sample has. */
    public int[] labels() {
        return targets.labels();
    }

    public int count() {
        return targets.count();
    }

    public Batch at(Place other) {
        return new Batch(images, targets, other);
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
