package io.squadron.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.squadron.image.jpeg.Exif;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How the camera of a PNG or WebP file was held, by its Exif block: the chunk eXIf of PNG (ISO/IEC 15948:2025, 11.3.5), the chunk
 * EXIF of WebP (RFC 9649, 2.7.1.5). Knows only files that {@link Completeness} has passed. A damaged block means upright, for the
 * picture is not damaged.
 */
final class Held {
    private static final int PNG_SIGNATURE = 8;
    private static final int PNG_EXIF = 0x65584966; // "eXIf"
    private static final int PNG_END = 0x49454E44; // "IEND"
    private static final int WEBP_HEADER = 12;
    private static final int WEBP_EXIF = 0x46495845; // "EXIF", little endian
    /** JPEG files have it before the block; some writers of the others, too. */
    private static final byte[] PREFIX = "Exif\0\0".getBytes(US_ASCII);

    private Held() {}

    static Orientation of(Format format, byte[] file) {
        return switch (format) {
            case PNG -> png(file);
            case WEBP -> webp(file);
            case GIF, BMP, JPEG -> Orientation.UPRIGHT; // a JPEG's headers tell it
        };
    }

    private static Orientation png(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int at = PNG_SIGNATURE;
        while (in.getInt(at + 4) != PNG_END) {
            int length = in.getInt(at);
            if (in.getInt(at + 4) == PNG_EXIF) {
                return block(file, at + 8, at + 8 + length);
            }
            at += length + 12;
        }
        return Orientation.UPRIGHT;
    }

    private static Orientation webp(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long end = Math.min(file.length, 8 + (in.getInt(4) & 0xFFFFFFFFL));
        long at = WEBP_HEADER;
        while (at + 8 <= end) {
            long length = in.getInt((int) at + 4) & 0xFFFFFFFFL;
            if (in.getInt((int) at) == WEBP_EXIF) {
                return block(file, (int) at + 8, (int) (at + 8 + length));
            }
            at += 8 + length + (length & 1);
        }
        return Orientation.UPRIGHT;
    }

    private static Orientation block(byte[] file, int start, int end) {
        int prefixed = start + PREFIX.length;
        boolean prefix = prefixed <= end && Arrays.equals(file, start, prefixed, PREFIX, 0, PREFIX.length);
        return Orientation.of(Exif.orientation(file, prefix ? prefixed : start, end));
    }
}
