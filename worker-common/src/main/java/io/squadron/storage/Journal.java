package io.squadron.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A file that grows while others read it. Where the file system can show what is written so far (file:, hdfs:) it stays open
 * and grows in place; elsewhere (object stores) it is written anew, whole, with every piece. After a crash it ends somewhere in
 * the last piece. Not thread-safe.
 */
public abstract sealed class Journal implements AutoCloseable {
    private Journal() {}

    /** More bytes at its end; readers see them when this returns. */
    public abstract void append(byte[] bytes);

    @Override
    public abstract void close();

    /** Of a file that was just begun. */
    static Journal open(Storage storage, String uri, FSDataOutputStream out, FileSystem files) throws IOException {
        if (files instanceof RawLocalFileSystem || out.hasCapability(StreamCapabilities.HSYNC)) {
            return new Growing(uri, out);
        }
        out.close();
        return new Rewritten(storage, uri);
    }

    private static final class Growing extends Journal {
        private final String uri;
        private final FSDataOutputStream out;

        Growing(String uri, FSDataOutputStream out) {
            this.uri = uri;
            this.out = out;
        }

        @Override
        public void append(byte[] bytes) {
            try {
                out.write(bytes);
                out.flush();
                if (out.hasCapability(StreamCapabilities.HSYNC)) {
                    out.hflush();
                }
            } catch (IOException e) {
                throw StorageErrors.failure("write", uri, e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw StorageErrors.failure("write", uri, e);
            }
        }
    }

    private static final class Rewritten extends Journal {
        private final Storage storage;
        private final String uri;
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();

        Rewritten(Storage storage, String uri) {
            this.storage = storage;
            this.uri = uri;
        }

        @Override
        public void append(byte[] bytes) {
            all.writeBytes(bytes);
            storage.replace(uri, all.toByteArray());
        }

        @Override
        public void close() {
            // every piece was written whole
        }
    }
}
