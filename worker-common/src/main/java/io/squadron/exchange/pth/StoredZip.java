package io.squadron.exchange.pth;

import io.squadron.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip whose entries are not compressed and begin at multiples of 64 bytes, so that readers can map them. */
final class StoredZip implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;

    /** The mark of the padding: "FB", as in torch's own archives. */
    private static final short PADDING = 0x4246;

    /** Some time, so that equal models give equal bytes; the first of January would bring a field of its own. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;
    private long position;

    /** Over {@code out}, which {@link #close} leaves open. */
    StoredZip(OutputStream out) {
        zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
    }

    void add(String name, byte[] content) throws IOException {
        add(name, content.length, out -> out.write(content));
    }

    /** Content of {@code length} bytes, which is asked for twice: once for its checksum. */
    void add(String name, int length, Storage.Content content) throws IOException {
        CRC32 checksum = new CRC32();
        content.writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), checksum));
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setSize(length);
        entry.setCompressedSize(length);
        entry.setCrc(checksum.getValue());
        byte[] extra = padding(name);
        entry.setExtra(extra);
        zip.putNextEntry(entry);
        content.writeTo(zip);
        zip.closeEntry();
        position += LOCAL_HEADER + name.getBytes(StandardCharsets.UTF_8).length + extra.length + (long) length;
    }

    private byte[] padding(String name) {
        long begin = position + LOCAL_HEADER + name.getBytes(StandardCharsets.UTF_8).length + EXTRA_HEADER;
        int padding = (int) ((ALIGNMENT - begin % ALIGNMENT) % ALIGNMENT);
        return ByteBuffer.allocate(EXTRA_HEADER + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(PADDING)
                .putShort((short) padding)
                .array();
    }

    @Override
    public void close() throws IOException {
        zip.finish();
    }
}
