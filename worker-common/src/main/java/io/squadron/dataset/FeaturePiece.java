package io.squadron.dataset;

import io.squadron.failure.Failure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The features of some neighbouring samples of a split: one file. Integers are big endian, floats little endian.
 *
 * <pre>
 *  0          8         12      16     20      24       28
 *  +----------+---------+-------+------+-------+--------+------------------------------------+----------+
 *  | SQDNFEAT | version | first | end  | looks | length | floats, by sample, look, element   | CRC-32C  |
 *  | 8 bytes  | int 1   | int   | int  | int   | int    | (end - first) * looks * length * 4 | long     |
 *  +----------+---------+-------+------+-------+--------+------------------------------------+----------+
 * </pre>
 *
 * @param split of its samples
 * @param first place of the first one among the samples of the split
 * @param end behind the last one
 * @param looks at each sample
 * @param length elements of one look
 */
public record FeaturePiece(Split split, int first, int end, int looks, int length) {
    private static final byte[] MAGIC = "SQDNFEAT".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int CHUNK = 1 << 14;

    /** The name of its file. */
    public String name() {
        return "%s-%08d.features".formatted(split.name().toLowerCase(java.util.Locale.ROOT), first);
    }

    public int elements() {
        return Math.multiplyExact(Math.multiplyExact(end - first, looks), length);
    }

    /** Where look number {@code look} at the sample in {@code place} begins. */
    int offset(int place, int look) {
        return ((place - first) * looks + look) * length;
    }

    /** Writes {@link #elements} values. */
    public void write(OutputStream raw, float[] values) throws IOException {
        CRC32C checksum = new CRC32C();
        DataOutputStream out = new DataOutputStream(new CheckedOutputStream(raw, checksum));
        out.write(MAGIC);
        for (int number : header()) {
            out.writeInt(number);
        }
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; at += CHUNK) {
            int count = Math.min(CHUNK, values.length - at);
            buffer.asFloatBuffer().put(values, at, count);
            out.write(buffer.array(), 0, count * Float.BYTES);
        }
        out.writeLong(checksum.getValue());
        out.flush();
    }

    private int[] header() {
        return new int[] {VERSION, first, end, looks, length};
    }

    /** Reads them back; fails with STATE where the file is not this piece, whole. */
    public float[] read(InputStream raw, String where) throws IOException {
        CRC32C checksum = new CRC32C();
        DataInputStream in = new DataInputStream(new CheckedInputStream(raw, checksum));
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw Failure.state("Cannot read %s: it holds no features (expected it to begin with SQDNFEAT)", where);
        }
        int[] found = new int[header().length];
        for (int i = 0; i < found.length; i++) {
            found[i] = in.readInt();
        }
        if (!Arrays.equals(found, header())) {
            throw Failure.state(
                    "Cannot read %s: version, first, end, looks and length are %s (expected %s). Delete the directory: "
                            + "the features are then computed anew",
                    where, Arrays.toString(found), Arrays.toString(header()));
        }
        float[] values = new float[elements()];
        byte[] bytes = new byte[CHUNK * Float.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; at += CHUNK) {
            int count = Math.min(CHUNK, values.length - at);
            in.readFully(bytes, 0, count * Float.BYTES);
            buffer.asFloatBuffer().get(values, at, count);
        }
        long expected = checksum.getValue();
        if (in.readLong() != expected) {
            throw Failure.state(
                    "Cannot read %s: its checksum does not fit. It is damaged: delete it, it is then computed anew",
                    where);
        }
        return values;
    }
}
