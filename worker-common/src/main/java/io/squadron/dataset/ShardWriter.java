package io.squadron.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes one shard: a plain ustar file, two entries per sample. The bytes depend on the samples alone: no times, no owners.
 *
 * <pre>
 *   512 bytes  header "&lt;id&gt;.png"       id: 16 hex digits; the extension is the original file's
 *   n bytes    the image file, untouched   &lt;- the offset that the index holds
 *   ...        zeros up to a multiple of 512
 *   512 bytes  header "&lt;id&gt;.cls"
 *   m bytes    the label's number as text
 *   ...        zeros up to a multiple of 512
 *   ...        and so on; the end is two blocks of zeros or more
 * </pre>
 *
 * <p>Not thread-safe. Closing it writes the end; the stream below stays open, for it is the caller's.
 */
public final class ShardWriter implements AutoCloseable {
    private static final int BLOCK = 512;

    private final TarArchiveOutputStream tar;
    private long position;

    public ShardWriter(OutputStream out) {
        tar = new TarArchiveOutputStream(out, UTF_8.name());
    }

    /** The name of a sample's image inside its shard. */
    public static String entryName(long id, String extension) {
        return "%016x.%s".formatted(id, extension);
    }

    /** Bytes that a sample takes, for planning shards before they are written. */
    public static long footprint(int imageLength, int label) {
        return 2 * BLOCK + padded(imageLength) + padded(labelText(label).length);
    }

    /** Offset of a sample's image from where its footprint begins. */
    public static long imageOffset() {
        return BLOCK;
    }

    /** Adds a sample and returns the offset of its image in the shard. */
    public long add(long id, String extension, byte[] image, int label) throws IOException {
        long offset = entry(entryName(id, extension), image);
        entry(entryName(id, "cls"), labelText(label));
        return offset;
    }

    @Override
    public void close() throws IOException {
        tar.finish();
        tar.flush();
    }

    private long entry(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        entry.setMode(0644);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        long offset = position + BLOCK;
        position = offset + padded(content.length);
        return offset;
    }

    private static byte[] labelText(int label) {
        return Integer.toString(label).getBytes(UTF_8);
    }

    private static long padded(long length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }
}
