package io.squadron.image;

import io.squadron.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * Tells whether a file is all there, where the readers of the JDK would rather give half a picture. PNG: every chunk is whole
 * and agrees with its checksum, up to IEND (ISO/IEC 15948, section 5). BMP: the rows of uncompressed pixels are there.
 * GIF: the blocks of the first frame end (GIF89a, sections 15 to 27). WebP: its chunks are there (RFC 9649, section 2).
 */
final class Completeness {
    private static final int SIGNATURE = 8;
    private static final int END = 0x49454E44; // "IEND"

    private Completeness() {}

    static void check(Format format, byte[] file) {
        switch (format) {
            case PNG -> png(file);
            case BMP -> bmp(file);
            case GIF -> GifBlocks.check(file);
            case WEBP -> WebpChunks.check(file);
            case JPEG -> {} // its decoder notices
        }
    }

    private static void png(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int at = SIGNATURE;
        int type = 0;
        while (type != END) {
            if (at + 12 > file.length || in.getInt(at) < 0 || in.getInt(at) > file.length - at - 12) {
                throw cutShort("PNG", file.length);
            }
            int length = in.getInt(at);
            type = in.getInt(at + 4);
            CRC32 sum = new CRC32();
            sum.update(file, at + 4, length + 4);
            if ((int) sum.getValue() != in.getInt(at + 8 + length)) {
                throw Failure.data(
                        "Cannot decode image: damaged PNG (the chunk at byte %d does not match its checksum). "
                                + "Replace the file",
                        at);
            }
            at += length + 12;
        }
    }

    private static void bmp(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        boolean known = file.length >= 54 && in.getInt(14) >= 40 && (in.getInt(30) == 0 || in.getInt(30) == 3);
        if (known) {
            long stride = (in.getInt(18) * (long) in.getShort(28) + 31) / 32 * 4;
            long end = in.getInt(10) + stride * Math.abs((long) in.getInt(22));
            if (end > file.length) {
                throw cutShort("BMP", file.length);
            }
        }
    }

    static Failure cutShort(String what, int length) {
        return Failure.data("Cannot decode image: the %s is cut short after %d bytes. Replace the file", what, length);
    }
}
