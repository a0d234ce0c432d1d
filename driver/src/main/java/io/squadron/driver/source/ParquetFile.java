package io.squadron.driver.source;

import io.squadron.storage.RangedFile;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of a storage, as parquet's readers want it. */
record ParquetFile(Storage storage, String uri) implements InputFile {
    @Override
    public long getLength() {
        return storage.length(uri);
    }

    @Override
    public SeekableInputStream newStream() {
        Bytes bytes = new Bytes(storage.openRanged(uri));
        return new DelegatingSeekableInputStream(bytes) {
            @Override
            public long getPos() {
                return bytes.position;
            }

            @Override
            public void seek(long position) {
                bytes.position = position;
            }
        };
    }

    private static final class Bytes extends InputStream {
        private final RangedFile file;
        private long position;

        Bytes(RangedFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int first, int length) throws IOException {
            int got = file.read(position, target, first, length);
            position += Math.max(0, got);
            return got;
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
