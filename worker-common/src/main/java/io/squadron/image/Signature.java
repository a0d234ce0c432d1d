package io.squadron.image;

import io.squadron.failure.Failure;
import java.util.Arrays;
import java.util.HexFormat;

/** Describes a file that is no image. */
final class Signature {
    private Signature() {}

    static Failure unknown(byte[] file) {
        if (file.length == 0) {
            return Failure.data("Cannot decode image: the file is empty. Replace the file");
        }
        String begin = HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(file, Math.min(8, file.length)));
        return Failure.data(
                "Cannot decode image: it begins with bytes %s (expected a PNG, JPEG, GIF, BMP or WebP). Replace the file",
                begin);
    }
}
