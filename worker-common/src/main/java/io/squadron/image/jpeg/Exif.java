package io.squadron.image.jpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How the camera was held: tag 274 of the first directory (Exif 2.3, 4.6.4). The block is that of a TIFF, in whatever file it
 * lies.
 */
public final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private Exif() {}

    /** 1 to 8; 1, upright, also where the block is damaged, for the picture is not. */
    public static int orientation(byte[] file, int start, int end) {
        ByteBuffer tiff = ByteBuffer.wrap(file, start, end - start).slice();
        if (tiff.limit() < 8) {
            return 1;
        }
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return 1;
        }
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int at = directory + 2 + 12 * i;
            if (at + 12 > tiff.limit()) {
                return 1;
            }
            if ((tiff.getShort(at) & 0xFFFF) == ORIENTATION && tiff.getShort(at + 2) == SHORT) {
                int value = tiff.getShort(at + 8);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
