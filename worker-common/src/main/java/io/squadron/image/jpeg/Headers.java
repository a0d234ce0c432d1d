package io.squadron.image.jpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks the markers of one file (T.81, annex B) and keeps what they say: frame, tables, restart interval, the colours and the
 * orientation. Stops at each scan and at the end of the picture. Mutable, of one thread.
 */
final class Headers {
    private static final int SCAN = 0xDA;
    private static final int END = 0xD9;

    /** How much of the file is to be understood. */
    enum Depth {
        SIZES,
        PIXELS
    }

    private final byte[] file;
    private final Depth depth;
    private int position = 2;
    private int[][] quanta = new int[4][];
    private final HuffmanTable[] direct = new HuffmanTable[4];
    private final HuffmanTable[] alternating = new HuffmanTable[4];
    private Optional<Frame> frame = Optional.empty();
    private boolean jfif;
    private int adobe = -1;
    private int orientation = 1;
    private int restartInterval;
    private boolean ended;

    Headers(byte[] file, Depth depth) {
        this.file = file;
        this.depth = depth;
    }

    Frame frame() {
        return frame.orElseThrow(() -> Damage.of("its pixels begin before its size is known"));
    }

    int orientation() {
        return orientation;
    }

    int restartInterval() {
        return restartInterval;
    }

    boolean ended() {
        return ended;
    }

    /** Goes on after a scan's data. */
    void resume(int at) {
        position = at;
    }

    /** The next scan; empty at the end of the picture, or of the file. */
    Optional<Scan> nextScan() {
        while (true) {
            int marker = marker();
            if (marker < 0 || marker == END) {
                ended = marker == END;
                return Optional.empty();
            }
            if (marker == 0xD8 || marker == 1 || (marker >= 0xD0 && marker < 0xD8)) {
                continue; // without content
            }
            int start = position + 2;
            int end = position + length();
            position = end;
            if (marker == SCAN) {
                return Optional.of(scan(start, end));
            }
            segment(marker, start, end);
        }
    }

    /** The next marker's code, what lies before it passed over; -1 at the end of the file. */
    private int marker() {
        while (position + 1 < file.length) {
            int code = file[position + 1] & 0xFF;
            if (file[position] == -1 && code != 0 && code != 0xFF) {
                position += 2;
                return code;
            }
            position++;
        }
        return -1;
    }

    private int length() {
        if (position + 2 > file.length) {
            throw Damage.cutShort("it ends after %d bytes, in its header", file.length);
        }
        int length = two(position);
        if (length < 2) {
            throw Damage.of("the segment at byte %d has a length of %d", position, length);
        }
        if (position + length > file.length) {
            throw Damage.cutShort("it ends after %d bytes, in its header", file.length);
        }
        return length;
    }

    private int two(int at) {
        return ((file[at] & 0xFF) << 8) | (file[at + 1] & 0xFF);
    }

    private int one(int at, int end) {
        if (at >= end) {
            throw Damage.of("the segment that ends at byte %d is too short", end);
        }
        return file[at] & 0xFF;
    }

    private void segment(int marker, int start, int end) {
        switch (marker) {
            case 0xC0, 0xC1 -> frame(start, end, Frame.Coding.SEQUENTIAL);
            case 0xC2 -> frame(start, end, Frame.Coding.PROGRESSIVE);
            case 0xC4 -> {
                if (depth == Depth.PIXELS) {
                    huffman(start, end);
                }
            }
            case 0xDB -> quantisation(start, end);
            case 0xDD -> restartInterval = one(start, end) << 8 | one(start + 1, end);
            case 0xE0 -> jfif |= begins("JFIF", start, end);
            case 0xE1 -> {
                if (begins("Exif\0\0", start, end) && orientation == 1) {
                    orientation = Exif.orientation(file, start + 6, end);
                }
            }
            case 0xEE -> {
                if (begins("Adobe", start, end) && end - start >= 12) {
                    adobe = file[start + 11] & 0xFF;
                }
            }
            case 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF ->
                throw Damage.unsupported("process %d", marker - 0xC0);
            case 0xDC -> throw Damage.unsupported("a height given after the pixels");
            default -> {} // comments, profiles, thumbnails
        }
    }

    private boolean begins(String name, int start, int end) {
        for (int i = 0; i < name.length(); i++) {
            if (start + i >= end || file[start + i] != (byte) name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void frame(int start, int end, Frame.Coding coding) {
        if (frame.isPresent()) {
            throw Damage.of("a second size at byte %d", start);
        }
        int bits = one(start, end);
        int count = one(start + 5, end);
        if (bits != 8) {
            throw Damage.unsupported("%d bits", bits);
        }
        if (count != 1 && count != 3 && count != 4) {
            throw Damage.unsupported("%d colours", count);
        }
        int height = two(start + 1);
        int width = two(start + 3);
        if (height == 0 || width == 0) {
            throw Damage.of("its size is %d x %d", height, width);
        }
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = start + 6 + 3 * i;
            int factors = one(at + 1, end);
            int across = factors >> 4;
            int down = factors & 15;
            int table = one(at + 2, end);
            if (across < 1 || across > 4 || down < 1 || down > 4 || table > 3) {
                throw Damage.of("colour %d has sampling %d x %d and table %d", i, across, down, table);
            }
            // A single colour has nobody to be sampled with.
            components.add(
                    count == 1
                            ? new Component(one(at, end), 1, 1, table)
                            : new Component(one(at, end), across, down, table));
        }
        Frame read = new Frame(width, height, coding, List.copyOf(components));
        read.measure();
        frame = Optional.of(read);
    }

    private void quantisation(int start, int end) {
        int at = start;
        while (at < end) {
            int head = one(at++, end);
            int bytes = head >> 4 == 0 ? 1 : 2;
            int[] table = new int[64 + 16];
            for (int k = 0; k < 64; k++) {
                int value = one(at++, end);
                table[k] = bytes == 1 ? value : value << 8 | one(at++, end);
            }
            quanta[head & 3] = table;
        }
    }

    private void huffman(int start, int end) {
        int at = start;
        while (at < end) {
            int head = one(at++, end);
            int[] counts = new int[16];
            int sum = 0;
            for (int i = 0; i < 16; i++) {
                counts[i] = one(at++, end);
                sum += counts[i];
            }
            if (sum > 256 || at + sum > end) {
                throw Damage.of("the Huffman table at byte %d has %d codes", start, sum);
            }
            byte[] symbols = java.util.Arrays.copyOfRange(file, at, at + sum);
            at += sum;
            (head >> 4 == 0 ? direct : alternating)[head & 3] = new HuffmanTable(counts, symbols);
        }
    }

    private Scan scan(int start, int end) {
        List<Component> all = frame().components();
        int count = one(start, end);
        List<Scan.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int id = one(start + 1 + 2 * i, end);
            int tables = one(start + 2 + 2 * i, end);
            Component component = all.stream()
                    .filter(each -> each.id == id)
                    .findFirst()
                    .orElseThrow(() -> Damage.of("a scan of the unknown colour %d", id));
            if (component.table.length == 0 && quanta[component.quanta] != null) {
                component.table = quanta[component.quanta];
            }
            parts.add(new Scan.Part(component, table(direct, tables >> 4), table(alternating, tables & 15)));
        }
        int at = start + 1 + 2 * count;
        int approximation = one(at + 2, end);
        Scan scan = new Scan(parts, one(at, end), one(at + 1, end), approximation >> 4, approximation & 15, position);
        scan.check(frame());
        return scan;
    }

    private static Optional<HuffmanTable> table(HuffmanTable[] tables, int number) {
        return number < tables.length ? Optional.ofNullable(tables[number]) : Optional.empty();
    }

    /** What the colours mean, by libjpeg's rules. */
    Colours colours() {
        List<Component> all = frame().components();
        return switch (all.size()) {
            case 1 -> Colours.GREY;
            case 4 -> Colours.ofFour(adobe);
            default -> {
                boolean letters = all.get(0).id == 'R' && all.get(1).id == 'G' && all.get(2).id == 'B';
                boolean plain = !jfif && (adobe == 0 || (adobe < 0 && letters));
                yield plain ? Colours.RGB : Colours.YCC;
            }
        };
    }
}
