package io.squadron.driver.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Grey pictures as PNG files (RFC 2083), for reports made in tests. */
final class TinyPng {
    private TinyPng() {}

    /** @param grey rows of pixels, 0..255 */
    static byte[] of(int[][] grey) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(grey[0].length).putInt(grey.length);
        chunk(file, "IHDR", header.put((byte) 8).array()); // 8 bits; colour type, compression, filter, interlace 0
        chunk(file, "IDAT", deflated(grey));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static byte[] deflated(int[][] grey) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int[] row : grey) {
            rows.write(0); // no filter
            for (int pixel : row) {
                rows.write(pixel);
            }
        }
        Deflater deflater = new Deflater();
        deflater.setInput(rows.toByteArray());
        deflater.finish();
        byte[] packed = new byte[rows.size() + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return java.util.Arrays.copyOf(packed, length);
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
