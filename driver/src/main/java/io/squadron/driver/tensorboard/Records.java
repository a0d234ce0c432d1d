package io.squadron.driver.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
        ByteBuffer record = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(masked(record.array(), 0, 8));
        record.put(data);
        record.putInt(masked(record.array(), 12, data.length));
        return record.array();
    }

    private static int masked(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}
