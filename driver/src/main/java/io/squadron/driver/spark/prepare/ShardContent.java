package io.squadron.driver.spark.prepare;

import io.squadron.dataset.ShardWriter;
import io.squadron.failure.Failure;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import org.apache.spark.sql.Row;

/** The bytes of one shard, with their number and checksum once they are written. Columns as {@link ShardJob} asks for them. */
final class ShardContent implements Storage.Content {
    private final Content.Reader reader;
    private final Row asked;
    private long length;
    private String sha256 = "";

    ShardContent(Content.Reader reader, Row asked) {
        this.reader = reader;
        this.asked = asked;
    }

    long length() {
        return length;
    }

    String sha256() {
        return sha256;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        MessageDigest digest = Checksum.digest();
        Counting counting = new Counting(new DigestOutputStream(out, digest));
        List<String> uris = asked.getList(2);
        List<String> extensions = asked.getList(3);
        List<Integer> entries = asked.getList(4);
        List<Integer> labels = asked.getList(5);
        List<Long> ids = asked.getList(6);
        List<Long> hashes = asked.getList(7);
        List<Long> offsets = asked.getList(8);
        try (ShardWriter writer = new ShardWriter(counting)) {
            for (int i = 0; i < uris.size(); i++) {
                Content content = reader.read(uris.get(i), entries.get(i));
                long offset = writer.add(ids.get(i), extensions.get(i), content.file(), labels.get(i));
                if (content.hash() != hashes.get(i) || offset != offsets.get(i)) {
                    throw Failure.data(
                            "Cannot prepare %s: it changed while it was being prepared. Prepare again when the "
                                    + "source is at rest",
                            uris.get(i));
                }
            }
        }
        length = counting.count;
        sha256 = Checksum.hex(digest.digest());
    }

    private static final class Counting extends OutputStream {
        private final OutputStream out;
        private long count;

        Counting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int number) throws IOException {
            out.write(bytes, offset, number);
            count += number;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
