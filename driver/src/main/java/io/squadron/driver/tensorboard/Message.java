package io.squadron.driver.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one protocol-buffer message, field after field: a tag {@code number << 3 | type}, then the value, as a varint
 * (0), 8 bytes little endian (1), a length and as many bytes (2), or 4 bytes little endian (5). Mutable.
 */
final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message whole(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    Message number(int field, double value) {
        varint(((long) field << 3) | 1);
        little(Double.doubleToLongBits(value), Double.BYTES);
        return this;
    }

    Message small(int field, float value) {
        varint(((long) field << 3) | 5);
        little(Float.floatToIntBits(value), Float.BYTES);
        return this;
    }

    Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
        return bytes(field, value.bytes());
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private Message bytes(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void little(long bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (bits >>> (8 * i)));
        }
    }
}
