package io.squadron.driver.spark.prepare;

import io.squadron.dataset.Split;
import io.squadron.driver.source.Sighting;
import java.util.Optional;

/**
 * What was found out about one image.
 *
 * @param path below the source, what people see
 * @param label the class, as text
 * @param file what goes into a shard; of no length where the image cannot be used
 * @param hash first 64 bits of SHA-256 over what makes it that image
 * @param sums over its pixels
 * @param reason why it cannot be used; empty when it can
 */
record SurveyRow(
        String path, String label, Optional<Split> split, StoredImage file, long hash, Pixels sums, String reason) {
    /**
     * A file that waits to be packed.
     *
     * @param place with no URI for the staged file of the same unit
     * @param check first 64 bits of SHA-256 over its bytes
     */
    record StoredImage(Sighting.Place place, int length, String extension, long check) {
        static StoredImage none() {
            return new StoredImage(new Sighting.Place("", Sighting.Place.WHOLE), 0, "", 0);
        }
    }

    /** Height and width as they go into a shard, and the sums of {@link PixelSums}. */
    record Pixels(int height, int width, PixelSums sums) {
        static Pixels none() {
            return new Pixels(0, 0, PixelSums.empty());
        }
    }

    static SurveyRow damaged(String path, String reason) {
        return new SurveyRow(path, "", Optional.empty(), StoredImage.none(), 0, Pixels.none(), reason);
    }

    boolean usable() {
        return reason.isEmpty();
    }
}
