package io.squadron.image.jpeg;

import io.squadron.failure.Failure;

/** What can be wrong with a file. */
final class Damage {
    private Damage() {}

    static Failure of(String format, Object... values) {
        return Failure.data("Cannot decode image: damaged JPEG (%s). Replace the file", format.formatted(values));
    }

    static Failure cutShort(String format, Object... values) {
        return Failure.data(
                "Cannot decode image: the JPEG is cut short or damaged (%s). Replace the file",
                format.formatted(values));
    }

    static Failure unsupported(String format, Object... values) {
        return Failure.data(
                "Cannot decode image: unsupported JPEG (%s; expected 8 bits, Huffman coded, sequential or progressive). "
                        + "Save it as a usual JPEG or as a PNG",
                format.formatted(values));
    }
}
