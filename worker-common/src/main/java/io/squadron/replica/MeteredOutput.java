package io.squadron.replica;

import io.squadron.storage.Checksum;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and digests the bytes on their way out; buffers them. Flush before asking. */
final class MeteredOutput extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest = Checksum.digest();
    private long bytes;

    MeteredOutput(OutputStream raw) {
        this.out = new BufferedOutputStream(raw, 1 << 16);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        digest.update(source, offset, length);
        bytes += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    long bytes() {
        return bytes;
    }

    /** Of all bytes written so far; to be asked once. */
    String sha256() {
        return Checksum.hex(digest.digest());
    }
}
