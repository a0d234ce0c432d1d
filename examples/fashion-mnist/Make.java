import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes fashion-mnist.tar.gz from the four original files: {@code java Make.java DIRECTORY-OF-THE-ORIGINALS}.
 *
 * <p>The first 300 images of each class of the training set and the first 100 of each class of the test set, in the
 * order of the originals (which are shuffled already). No clock, no randomness: the same originals give the same bytes
 * with the same zlib.
 */
public final class Make {
    private static final int SIDE = 28;
    private static final int CLASSES = 10;
    private static final int TRAIN_PER_CLASS = 300;
    private static final int TEST_PER_CLASS = 100;
    private static final List<String> NAMES = List.of(
            "t-shirt-top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle-boot");

    /** One chosen image: its place in the archive and its PNG. */
    private record Entry(String path, byte[] png) {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: java Make.java DIRECTORY (it holds train-images-idx3-ubyte.gz and its three fellows)");
            System.exit(2);
        }
        Path originals = Path.of(arguments[0]);
        List<Entry> entries = new ArrayList<>();
        choose(originals, "train", "train", TRAIN_PER_CLASS, entries);
        choose(originals, "t10k", "test", TEST_PER_CLASS, entries);
        entries.sort((a, b) -> a.path().compareTo(b.path()));
        Path archive = Path.of("fashion-mnist.tar.gz");
        Files.write(archive, gzip(tar(entries)));
        System.out.println(entries.size() + " images, " + Files.size(archive) + " bytes: " + archive);
    }

    private static void choose(Path originals, String prefix, String split, int perClass, List<Entry> into)
            throws IOException {
        byte[] images = unpack(originals.resolve(prefix + "-images-idx3-ubyte.gz"));
        byte[] labels = unpack(originals.resolve(prefix + "-labels-idx1-ubyte.gz"));
        int[] taken = new int[CLASSES];
        for (int i = 0; i < labels.length - 8; i++) {
            int label = labels[8 + i];
            if (taken[label]++ < perClass) {
                String path = String.format(Locale.ROOT, "%s/%s/%05d.png", split, NAMES.get(label), i);
                into.add(new Entry(path, smallestPng(images, 16 + i * SIDE * SIDE)));
            }
        }
    }

    private static byte[] unpack(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            return in.readAllBytes();
        }
    }

    // One filter for the whole image: the shortest of the five (PNG specification, section 9).
    private static byte[] smallestPng(byte[] images, int from) throws IOException {
        byte[] best = null;
        for (int filter = 0; filter < 5; filter++) {
            byte[] png = png(filtered(images, from, filter));
            if (best == null || png.length < best.length) {
                best = png;
            }
        }
        return best;
    }

    private static byte[] filtered(byte[] images, int from, int filter) {
        byte[] scanlines = new byte[SIDE * (SIDE + 1)];
        for (int row = 0; row < SIDE; row++) {
            scanlines[row * (SIDE + 1)] = (byte) filter;
            for (int column = 0; column < SIDE; column++) {
                int at = from + row * SIDE + column;
                int left = column == 0 ? 0 : images[at - 1] & 0xFF;
                int up = row == 0 ? 0 : images[at - SIDE] & 0xFF;
                int corner = row == 0 || column == 0 ? 0 : images[at - SIDE - 1] & 0xFF;
                scanlines[row * (SIDE + 1) + 1 + column] = (byte) (images[at] - predicted(filter, left, up, corner));
            }
        }
        return scanlines;
    }

    private static int predicted(int filter, int left, int up, int corner) {
        return switch (filter) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            case 4 -> paeth(left, up, corner);
            default -> 0;
        };
    }

    private static int paeth(int left, int up, int corner) {
        int guess = left + up - corner;
        int toLeft = Math.abs(guess - left);
        int toUp = Math.abs(guess - up);
        int toCorner = Math.abs(guess - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }

    private static byte[] png(byte[] scanlines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(SIDE);
        fields.writeInt(SIDE);
        fields.write(new byte[] {8, 0, 0, 0, 0}); // 8 bits, grey, deflate, the five filters, not interlaced
        chunk(out, "IHDR", header.toByteArray());
        chunk(out, "IDAT", deflated(scanlines));
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes(StandardCharsets.US_ASCII));
        checksum.update(content);
        out.writeInt(content.length);
        out.writeBytes(type);
        out.write(content);
        out.writeInt((int) checksum.getValue());
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(content);
        deflater.finish();
        byte[] buffer = new byte[2 * content.length];
        int length = deflater.deflate(buffer);
        deflater.end();
        return java.util.Arrays.copyOf(buffer, length);
    }

    // POSIX ustar, no owner, modified at second 0.
    private static byte[] tar(List<Entry> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            out.write(tarHeader(entry));
            out.write(entry.png());
            out.write(new byte[(512 - entry.png().length % 512) % 512]);
        }
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    private static byte[] tarHeader(Entry entry) {
        byte[] header = new byte[512];
        put(header, 0, entry.path());
        put(header, 100, "0000644\0000000000\0000000000\000");
        put(header, 124, String.format(Locale.ROOT, "%011o", entry.png().length));
        put(header, 136, "00000000000");
        put(header, 148, "        0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xFF;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\000 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
