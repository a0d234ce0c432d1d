package io.squadron.replica;

import io.squadron.dataset.SampleSourceFactory;
import java.io.Serializable;

/** Where computing begins in a phase. */
public sealed interface Entry extends Serializable {
    /** With the images, as usual. */
    record OfImages() implements Entry {}

    /**
     * Behind a frozen body, with what it makes of the images.
     *
     * @param node the top of that body
     * @param samples what leaves it, in the place of images
     */
    record OfFeatures(String node, SampleSourceFactory samples) implements Entry {}

    static Entry ofImages() {
        return new OfImages();
    }
}
