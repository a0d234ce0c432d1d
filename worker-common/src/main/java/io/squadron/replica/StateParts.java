package io.squadron.replica;

import io.squadron.failure.Failure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The bytes of one part of a state: the same stretch of every vector. Integers are big endian, floats little endian.
 *
 * <pre>
 *  0         8         12      20        28         32      36      40       44
 *  +---------+---------+-------+---------+----------+-------+-------+--------+--------------+-----------+----------+
 *  |SQDNPART | version | step  | updates | vectors  | first | end   | length | names        | floats    | CRC-32C  |
 *  | 8 bytes | int 1   | long  | long    | int v    | int   | int   | int    | v modified   | v * (end  | long, of |
 *  |         |         |       |         |          |       |       |        | UTF-8        | - first)*4| all above|
 *  +---------+---------+-------+---------+----------+-------+-------+--------+--------------+-----------+----------+
 * </pre>
 */
public final class StateParts {
    private static final byte[] MAGIC = "SQDNPART".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int CHUNK = 1 << 14;

    private StateParts() {}

    /**
     * The stretch of a state that one part holds.
     *
     * @param step behind the state
     * @param updates the optimiser made
     * @param first element
     * @param end one past the last element
     */
    public record Stretch(long step, long updates, int first, int end) {
        /** The part that rank {@code rank} of {@code size} writes: sizes differ by at most one element. */
        static Stretch share(ReplicaState state, long step, int rank, int size) {
            long length = state.weights().values().length;
            return new Stretch(step, state.optimiser().updates(), (int) (length * rank / size), (int)
                    (length * (rank + 1) / size));
        }
    }

    static void write(OutputStream raw, Stretch stretch, List<String> names, List<float[]> vectors) throws IOException {
        CRC32C checksum = new CRC32C();
        DataOutputStream out = new DataOutputStream(new CheckedOutputStream(raw, checksum));
        out.write(MAGIC);
        out.writeInt(VERSION);
        out.writeLong(stretch.step());
        out.writeLong(stretch.updates());
        out.writeInt(vectors.size());
        out.writeInt(stretch.first());
        out.writeInt(stretch.end());
        out.writeInt(vectors.get(0).length);
        for (String name : names) {
            out.writeUTF(name);
        }
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : vectors) {
            for (int at = stretch.first(); at < stretch.end(); at += CHUNK) {
                int count = Math.min(CHUNK, stretch.end() - at);
                buffer.asFloatBuffer().put(vector, at, count);
                out.write(buffer.array(), 0, count * Float.BYTES);
            }
        }
        out.writeLong(checksum.getValue());
        out.flush();
    }

    /**
     * Fills the part's stretch of each vector whose name stands in {@code names}; vectors of other names are passed over.
     *
     * @param where the part came from, for the errors
     */
    public static Stretch read(InputStream raw, String where, List<String> names, List<float[]> vectors)
            throws IOException {
        CRC32C checksum = new CRC32C();
        DataInputStream in = new DataInputStream(new CheckedInputStream(raw, checksum));
        if (!java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw Failure.state(
                    "Cannot read %s: it is no part of a checkpoint (expected it to begin with SQDNPART)", where);
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw Failure.state("Cannot read %s: it has version %d (expected %d)", where, version, VERSION);
        }
        long step = in.readLong();
        long updates = in.readLong();
        int count = in.readInt();
        Stretch stretch = new Stretch(step, updates, in.readInt(), in.readInt());
        int length = in.readInt();
        if (length != vectors.get(0).length || stretch.first() < 0 || stretch.end() > length || count > 64) {
            throw Failure.state(
                    "Cannot read %s: it holds elements %d to %d of vectors of %d (expected vectors of %d). "
                            + "It belongs to another model",
                    where, stretch.first(), stretch.end(), length, vectors.get(0).length);
        }
        String[] found = new String[count];
        for (int v = 0; v < count; v++) {
            found[v] = in.readUTF();
        }
        for (String name : found) {
            int wanted = names.indexOf(name);
            floats(in, wanted < 0 ? new float[length] : vectors.get(wanted), stretch);
        }
        requireAll(where, names, List.of(found));
        long expected = checksum.getValue();
        if (in.readLong() != expected) {
            throw Failure.state("Cannot read %s: its checksum does not fit its bytes. It is damaged", where);
        }
        return stretch;
    }

    private static void requireAll(String where, List<String> names, List<String> found) {
        if (!found.containsAll(names)) {
            throw Failure.state("Cannot read %s: it holds %s (expected %s)", where, found, names);
        }
    }

    private static void floats(DataInputStream in, float[] vector, Stretch stretch) throws IOException {
        byte[] bytes = new byte[CHUNK * Float.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = stretch.first(); at < stretch.end(); at += CHUNK) {
            int count = Math.min(CHUNK, stretch.end() - at);
            in.readFully(bytes, 0, count * Float.BYTES);
            buffer.asFloatBuffer().get(vector, at, count);
        }
    }
}
