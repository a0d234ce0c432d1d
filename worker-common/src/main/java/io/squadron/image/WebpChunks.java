package io.squadron.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks the chunks of a WebP file. */
final class WebpChunks {
    private static final int HEADER = 12;

    private WebpChunks() {}

    static void check(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long end = 8 + (in.getInt(4) & 0xFFFFFFFFL);
        if (end < HEADER + 8 || end > file.length) {
            throw Completeness.cutShort("WebP", file.length);
        }
        long at = HEADER;
        while (at + 8 <= end) {
            long length = in.getInt((int) at + 4) & 0xFFFFFFFFL;
            // A last chunk of odd length may lack its byte of padding.
            if (at + 8 + length > end) {
                throw Completeness.cutShort("WebP", file.length);
            }
            at += 8 + length + (length & 1);
        }
    }
}
