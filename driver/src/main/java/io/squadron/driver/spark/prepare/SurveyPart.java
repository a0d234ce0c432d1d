package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.dataset.Split;
import io.squadron.driver.source.Sighting;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The file of one unit's {@link SurveyRow}s: "SQDNSURV", the version, for each row a byte 1 and its fields in order, a byte 0,
 * and the CRC-32C of all before. Integers are big endian; a text is its length and its UTF-8.
 */
final class SurveyPart {
    private static final long MAGIC = 0x5351444e53555256L;
    private static final int VERSION = 1;
    private static final int NO_SPLIT = -1;
    private static final int LONGEST_TEXT = 1 << 20;

    private SurveyPart() {}

    /** Writes rows, and the end on closing; leaves the stream below open. */
    static final class Writer implements AutoCloseable {
        private final CheckedOutputStream checked;
        private final DataOutputStream out;

        Writer(OutputStream target) throws IOException {
            checked = new CheckedOutputStream(target, new CRC32C());
            out = new DataOutputStream(checked);
            out.writeLong(MAGIC);
            out.writeInt(VERSION);
        }

        void add(SurveyRow row) throws IOException {
            out.writeByte(1);
            text(row.path());
            text(row.label());
            out.writeByte(row.split().map(split -> (int) split.code()).orElse(NO_SPLIT));
            text(row.file().place().uri());
            out.writeLong(row.file().place().offset());
            out.writeInt(row.file().length());
            text(row.file().extension());
            out.writeLong(row.file().check());
            out.writeLong(row.hash());
            out.writeInt(row.sums().height());
            out.writeInt(row.sums().width());
            for (long each : row.sums().sums().values()) {
                out.writeLong(each);
            }
            text(row.reason());
        }

        @Override
        public void close() throws IOException {
            out.writeByte(0);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
        }

        private void text(String text) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** Hands over every row, as {@link Rows} does. */
    static void read(Storage storage, String uri, Consumer<SurveyRow> consumer) {
        new Rows(storage, uri).forEachRemaining(consumer);
    }

    /**
     * The rows one after the other; closes the file after the last. Fails with DATA, and deletes the file, where it is damaged: the
     * next preparation makes it anew.
     */
    static final class Rows implements Iterator<SurveyRow> {
        private final Storage storage;
        private final String uri;
        private final CheckedInputStream checked;
        private final DataInputStream in;
        private boolean more;

        Rows(Storage storage, String uri) {
            this.storage = storage;
            this.uri = uri;
            this.checked = new CheckedInputStream(new BufferedInputStream(storage.open(uri), 1 << 16), new CRC32C());
            this.in = new DataInputStream(checked);
            try {
                if (in.readLong() != MAGIC || in.readInt() != VERSION) {
                    throw new IOException("it is no survey of this version");
                }
                look();
            } catch (IOException e) {
                throw damaged(e);
            }
        }

        @Override
        public boolean hasNext() {
            return more;
        }

        @Override
        public SurveyRow next() {
            if (!more) {
                throw new NoSuchElementException("after the last row of " + uri);
            }
            try {
                SurveyRow row = row(in);
                look();
                return row;
            } catch (IOException | RuntimeException e) {
                throw damaged(e);
            }
        }

        private void look() throws IOException {
            more = in.readByte() == 1;
            if (!more) {
                long sum = checked.getChecksum().getValue();
                if (in.readLong() != sum) {
                    throw new IOException("its checksum differs");
                }
                in.close();
            }
        }

        private Failure damaged(Exception e) {
            more = false;
            try {
                in.close();
            } catch (IOException alsoBroken) {
                e.addSuppressed(alsoBroken);
            }
            storage.delete(uri);
            return Failure.data("Cannot read %s: damaged (%s). It is removed now: prepare again", uri, e.getMessage())
                    .causedBy(e);
        }
    }

    private static SurveyRow row(DataInputStream in) throws IOException {
        String path = text(in);
        String label = text(in);
        byte split = in.readByte();
        Sighting.Place place = new Sighting.Place(text(in), in.readLong());
        SurveyRow.StoredImage file = new SurveyRow.StoredImage(place, in.readInt(), text(in), in.readLong());
        long hash = in.readLong();
        int height = in.readInt();
        int width = in.readInt();
        long[] sums = PixelSums.empty().values();
        for (int i = 0; i < sums.length; i++) {
            sums[i] = in.readLong();
        }
        SurveyRow.Pixels pixels = new SurveyRow.Pixels(height, width, new PixelSums(sums));
        Optional<Split> stated = split == NO_SPLIT ? Optional.empty() : Optional.of(Split.of(split));
        return new SurveyRow(path, label, stated, file, hash, pixels, text(in));
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new IOException("a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, UTF_8);
    }
}
