package io.squadron.driver.spark.prepare;

import io.squadron.dataset.ShardWriter;
import io.squadron.failure.Failure;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** The bytes of one shard, with their number and checksum once they are written. */
final class ShardContent implements Storage.Content {
    private final Work work;
    private final StoredBytes bytes;
    private final PeekedRows samples;
    private long length;
    private String sha256 = "";

    /** Takes the samples of one shard from {@code samples}. */
    ShardContent(Work work, StoredBytes bytes, PeekedRows samples) {
        this.work = work;
        this.bytes = bytes;
        this.samples = samples;
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
        int shard = samples.shard();
        try (ShardWriter writer = new ShardWriter(counting)) {
            while (samples.shard() == shard) {
                PackedRow.Sample sample = samples.take();
                byte[] file = read(sample);
                long offset = writer.add(sample.id(), sample.file().extension(), file, sample.label());
                if (offset != sample.offset()) {
                    throw new IllegalStateException("Sample %016x came to lie at %d instead of %d"
                            .formatted(sample.id(), offset, sample.offset()));
                }
            }
        }
        length = counting.count;
        sha256 = Checksum.hex(digest.digest());
    }

    /** What has changed since it was surveyed is to be surveyed again. */
    private byte[] read(PackedRow.Sample sample) {
        SurveyRow.StoredImage file = sample.file();
        String uri = file.place().isNowhere()
                ? work.staged(sample.key())
                : file.place().uri();
        try {
            return bytes.read(uri, file.place().offset(), file.length(), file.check());
        } catch (Failure e) {
            if (e.kind() == Failure.Kind.DATA) {
                work.storage().delete(work.part(sample.key()));
            }
            throw e;
        }
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
