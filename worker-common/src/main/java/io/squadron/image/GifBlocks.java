package io.squadron.image;

/** Walks the blocks of a GIF up to the end of its first frame. */
final class GifBlocks {
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;

    private GifBlocks() {}

    static void check(byte[] file) {
        int at = 13 + table(file, 10);
        while (byteAt(file, at) == EXTENSION) {
            at = subBlocks(file, at + 2);
        }
        if (byteAt(file, at) != IMAGE) {
            throw Completeness.cutShort("GIF", file.length);
        }
        subBlocks(file, at + 11 + table(file, at + 9));
    }

    /** Bytes of the colour table that the flags at {@code at} announce. */
    private static int table(byte[] file, int at) {
        int flags = byteAt(file, at);
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static int subBlocks(byte[] file, int start) {
        int at = start;
        int length = byteAt(file, at);
        while (length != 0) {
            at += length + 1;
            length = byteAt(file, at);
        }
        return at + 1;
    }

    private static int byteAt(byte[] file, int at) {
        if (at >= file.length) {
            throw Completeness.cutShort("GIF", file.length);
        }
        return file[at] & 0xFF;
    }
}
