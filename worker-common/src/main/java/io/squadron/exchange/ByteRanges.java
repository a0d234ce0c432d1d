package io.squadron.exchange;

import io.squadron.failure.Failure;
import io.squadron.storage.RangedFile;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An open file of a stranger: ranges of it, each checked against its length before a byte is allocated, so that a size the
 * file claims costs nothing. Big tensors pass through a small buffer. One thread at a time.
 */
public final class ByteRanges implements AutoCloseable {
    private static final int BUFFER = 1 << 22;

    private final String uri;
    private final long length;
    private final RangedFile file;

    private ByteRanges(String uri, long length, RangedFile file) {
        this.uri = uri;
        this.length = length;
        this.file = file;
    }

    /** Fails with DATA where there is no file. */
    public static ByteRanges open(Storage storage, String uri) {
        StoredFile found = storage.file(uri);
        return new ByteRanges(uri, found.length(), storage.openRanged(uri));
    }

    public String uri() {
        return uri;
    }

    public long length() {
        return length;
    }

    /** {@code count} bytes from {@code offset} on; fails with DATA where the file has no such range. */
    public byte[] bytes(long offset, int count) {
        require(offset, count);
        return file.read(offset, count);
    }

    /** As {@link #bytes}, for numbers: little endian, which all these formats are. */
    public ByteBuffer buffer(long offset, int count) {
        return ByteBuffer.wrap(bytes(offset, count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Fails with DATA where the file has no such range. */
    public void require(long offset, long count) {
        if (offset < 0 || count < 0 || offset > length - count) {
            throw Failure.data(
                    "Cannot read %s: it says that %d bytes lie at %d (expected a range within its %d bytes). "
                            + "The file is cut off or damaged: get it again",
                    uri, count, offset, length);
        }
    }

    /** {@code count} numbers from byte {@code offset} on. // [count] */
    public float[] numbers(long offset, NumberKind kind, int count) {
        require(offset, (long) count * kind.bytes());
        float[] values = new float[count];
        int atOnce = BUFFER / kind.bytes();
        for (int first = 0; first < count; first += atOnce) {
            int some = Math.min(atOnce, count - first);
            ByteBuffer buffer = buffer(offset + (long) first * kind.bytes(), some * kind.bytes());
            kind.convert(buffer, values, first, some);
        }
        return values;
    }

    @Override
    public void close() {
        file.close();
    }
}
