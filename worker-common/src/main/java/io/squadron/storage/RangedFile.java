package io.squadron.storage;

import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/** An open file that is read from any place. One stream to the store, so not thread-safe. */
public final class RangedFile implements AutoCloseable {
    private final String uri;
    private final FSDataInputStream in;

    RangedFile(String uri, FSDataInputStream in) {
        this.uri = uri;
        this.in = in;
    }

    /** The bytes from {@code offset} on; fails with DATA when the file ends before {@code length} of them. */
    public byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        try {
            in.readFully(offset, bytes);
        } catch (IOException e) {
            throw StorageErrors.failure("read", uri, e);
        }
        return bytes;
    }

    /** Some bytes from {@code offset} on into {@code target}, at least one unless none are asked for; -1 at the end. */
    public int read(long offset, byte[] target, int first, int length) throws IOException {
        if (offset < 0) {
            throw new EOFException("byte " + offset + " of " + uri);
        }
        return in.read(offset, target, first, length);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw StorageErrors.failure("close", uri, e);
        }
    }
}
