package io.squadron.driver.tensorboard;

import java.util.zip.CRC32C;

/**
 * The framing of a TFRecord, integers little endian:
 *
 * <pre>{@code
 * 0        8              12       12 + n
 * +--------+--------------+--------+---------------+
 * | long n | masked CRC   | n bytes| masked CRC    |
 * |        | of the long  |        | of the bytes  |
 * +--------+--------------+--------+---------------+
 * }</pre>
 *
 * A CRC-32C c is masked as {@code rotate right (c, 15) + 0xa282ead8}, so that checksums of data that holds checksums stay good.
 */
final class Records {
    private static final int MASK = 0xa282ead8;

    private Records() {}

    static byte[] framed(byte[] data) {
        byte[] record = new byte[16 + data.length];
        little(record, 0, data.length, Long.BYTES);
        little(record, 8, masked(record, 0, 8), Integer.BYTES);
        System.arraycopy(data, 0, record, 12, data.length);
        little(record, 12 + data.length, masked(record, 12, data.length), Integer.BYTES);
        return record;
    }

    private static void little(byte[] record, int at, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            record[at + i] = (byte) (value >>> (8 * i));
        }
    }

    private static int masked(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}
