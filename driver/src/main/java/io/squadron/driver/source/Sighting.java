package io.squadron.driver.source;

import io.squadron.dataset.Split;
import java.util.Optional;

/**
 * An image that a reader has come by.
 *
 * @param path below the source, what people see; an entry of a larger file as "file#number" or "file#name"
 * @param label the class, as text
 * @param split where the source says so
 * @param extension what its file is called after the dot
 * @param content its file, and what of it makes it that image
 * @param place where the same bytes can be read again
 */
public record Sighting(
        String path, String label, Optional<Split> split, String extension, Content content, Place place) {
    /**
     * The bytes of an image.
     *
     * @param file a PNG, a JPEG or the like
     * @param identity what is hashed: mostly the file; the pixels where the file is one that we encode, so that another
     *     encoder does not make it another image
     */
    public record Content(byte[] file, byte[] identity) {
        public static Content of(byte[] file) {
            return new Content(file, file);
        }
    }

    /**
     * Where a file lies.
     *
     * @param uri empty for bytes that lie nowhere in this form
     * @param offset of the first byte, or {@link #WHOLE}
     */
    public record Place(String uri, long offset) {
        public static final long WHOLE = -1;

        /** The whole of a file. */
        static Place whole(String uri) {
            return new Place(uri, WHOLE);
        }

        /** For bytes that were made by the reader, or lie in something packed. */
        static Place nowhere() {
            return new Place("", WHOLE);
        }

        public boolean isNowhere() {
            return uri.isEmpty();
        }
    }
}
