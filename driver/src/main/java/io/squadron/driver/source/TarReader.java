package io.squadron.driver.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Images of a WebDataset tar: entries beside each other that share their name up to the first dot are one sample, with the
 * image in one of them and its label in another, {@code .cls} as text or {@code .json} with a field for it. Nothing is ever
 * unpacked to disk; an entry whose name leads out of the archive is a damaged image all the same, for nobody makes such a
 * tar in good faith.
 */
record TarReader(Storage storage) implements UnitReader {
    private static final int MOST_BYTES = 1 << 30;

    @Override
    public void read(SourceUnit unit, Sink sink) {
        try (CountingStream bytes = new CountingStream(new BufferedInputStream(storage.open(unit.uri()), 1 << 16));
                TarArchiveInputStream tar = new TarArchiveInputStream(bytes, UTF_8.name())) {
            TarSample sample = TarSample.none();
            for (TarArchiveEntry each = tar.getNextTarEntry(); each != null; each = tar.getNextTarEntry()) {
                if (each.isFile()) {
                    long offset = bytes.count();
                    if (!sample.has(each.getName())) {
                        sample.tell(unit, sink);
                        sample = TarSample.of(each.getName());
                    }
                    sample.add(each.getName(), offset, content(unit, tar, each));
                }
            }
            sample.tell(unit, sink);
        } catch (IOException | RuntimeException e) {
            throw e instanceof Failure failure ? failure : damaged(unit, e);
        }
    }

    private static byte[] content(SourceUnit unit, InputStream tar, TarArchiveEntry entry) throws IOException {
        long size = entry.getSize();
        if (size < 0 || size > MOST_BYTES || size > unit.range().end()) {
            throw new IOException("entry " + entry.getName() + " claims " + size + " bytes");
        }
        byte[] content = tar.readNBytes((int) size);
        if (content.length != size) {
            throw new IOException("entry " + entry.getName() + " is cut short");
        }
        return content;
    }

    private static Failure damaged(SourceUnit unit, Exception e) {
        return Failure.data(
                        "Cannot read tar %s: damaged or cut short (%s). Replace the file, or remove it",
                        unit.uri(), e.getMessage())
                .causedBy(e);
    }

    /** Knows how far it has been read; the tar above it reads no further than it must. */
    private static final class CountingStream extends InputStream {
        private final InputStream in;
        private long count;

        CountingStream(InputStream in) {
            this.in = in;
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] target, int first, int length) throws IOException {
            int got = in.read(target, first, length);
            count += Math.max(0, got);
            return got;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = in.skip(length);
            count += skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
