package io.squadron.exchange;

import io.squadron.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table of a zip archive of a stranger: what lies where. Checked before anything is used: names that leave the archive,
 * names that come twice, ranges beyond the file, ranges that overlap (which is how small archives become huge), encryption, and
 * local headers that say something else than the table. PKWARE's APPNOTE 6.3, with zip64.
 */
public final class ZipEntries {
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_BYTES = 20;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int LONGEST_TABLE = 1 << 26;
    private static final long UNSAID = 0xFFFF_FFFFL;

    /** How an entry is packed. */
    public enum Packing {
        STORED,
        DEFLATED,
        OTHER
    }

    /**
     * One file in the archive.
     *
     * @param begin where its packed bytes begin in the archive
     * @param packed bytes there
     * @param length bytes that come out, as the archive says
     */
    public record Entry(String name, Packing packing, long begin, long packed, long length) {}

    private final ByteRanges file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private ZipEntries(ByteRanges file) {
        this.file = file;
    }

    /** Reads and checks the table. */
    public static ZipEntries of(ByteRanges file) {
        ZipEntries table = new ZipEntries(file);
        table.read();
        table.requireApart();
        return table;
    }

    /** By name, in the order of the table. */
    public Map<String, Entry> entries() {
        return entries;
    }

    private void read() {
        int tail = (int) Math.min(file.length(), END_BYTES + 0xFFFF + LOCATOR_BYTES);
        ByteBuffer buffer = file.buffer(file.length() - tail, tail);
        int end = tail - END_BYTES;
        while (end >= 0 && buffer.getInt(end) != END) {
            end--;
        }
        if (end < 0) {
            throw damaged("it has no table of contents");
        }
        long count = buffer.getShort(end + 10) & 0xFFFF;
        long bytes = buffer.getInt(end + 12) & UNSAID;
        long offset = buffer.getInt(end + 16) & UNSAID;
        if ((count == 0xFFFF || bytes == UNSAID || offset == UNSAID) && end >= LOCATOR_BYTES) {
            int locator = end - LOCATOR_BYTES;
            if (buffer.getInt(locator) == LOCATOR_64) {
                ByteBuffer wide = file.buffer(buffer.getLong(locator + 8), 56);
                if (wide.getInt(0) != END_64) {
                    throw damaged("its table of contents cannot be found");
                }
                count = wide.getLong(32);
                bytes = wide.getLong(40);
                offset = wide.getLong(48);
            }
        }
        if (bytes < 0 || bytes > LONGEST_TABLE || count < 0 || count > bytes / CENTRAL_BYTES) {
            throw damaged("its table of contents is said to have %d entries in %d bytes", count, bytes);
        }
        ByteBuffer table = file.buffer(offset, (int) bytes);
        for (long i = 0; i < count; i++) {
            Entry entry = entry(table);
            if (entries.put(entry.name(), entry) != null) {
                throw damaged("it has two entries named '%s'", entry.name());
            }
        }
    }

    private Entry entry(ByteBuffer table) {
        int at = table.position();
        if (table.remaining() < CENTRAL_BYTES || table.getInt(at) != CENTRAL) {
            throw damaged("its table of contents breaks off");
        }
        int nameBytes = table.getShort(at + 28) & 0xFFFF;
        int extraBytes = table.getShort(at + 30) & 0xFFFF;
        int next = at + CENTRAL_BYTES + nameBytes + extraBytes + (table.getShort(at + 32) & 0xFFFF);
        if (next > table.limit()) {
            throw damaged("its table of contents breaks off");
        }
        byte[] nameAsBytes = new byte[nameBytes];
        table.get(at + CENTRAL_BYTES, nameAsBytes);
        String name = new String(nameAsBytes, StandardCharsets.UTF_8);
        requireInside(name);
        if ((table.getShort(at + 8) & 1) != 0) {
            throw damaged("its entry '%s' is encrypted", name);
        }
        long[] sizes = {table.getInt(at + 24) & UNSAID, table.getInt(at + 20) & UNSAID, table.getInt(at + 42) & UNSAID};
        widen(sizes, table, at + CENTRAL_BYTES + nameBytes, extraBytes);
        Packing packing = packing(table.getShort(at + 10));
        if (packing == Packing.STORED && sizes[0] != sizes[1]) {
            throw damaged("its entry '%s' is stored in %d bytes and said to have %d", name, sizes[1], sizes[0]);
        }
        table.position(next);
        return new Entry(name, packing, begin(name, nameBytes, sizes[2]), sizes[1], sizes[0]);
    }

    private static Packing packing(int method) {
        return method == 0 ? Packing.STORED : method == 8 ? Packing.DEFLATED : Packing.OTHER;
    }

    /** The 64-bit numbers of the extra field, in the order length, packed, offset, of those that do not fit into 32 bits. */
    private void widen(long[] sizes, ByteBuffer table, int first, int bytes) {
        int at = first;
        while (at + 4 <= first + bytes) {
            int field = at + 4;
            int end = field + (table.getShort(at + 2) & 0xFFFF);
            if (table.getShort(at) == 1 && end <= first + bytes) {
                for (int i = 0; i < sizes.length; i++) {
                    if (sizes[i] == UNSAID && field + Long.BYTES <= end) {
                        sizes[i] = table.getLong(field);
                        field += Long.BYTES;
                    }
                }
            }
            at = end;
        }
    }

    private long begin(String name, int nameBytes, long offset) {
        ByteBuffer local = file.buffer(offset, LOCAL_BYTES);
        int localName = local.getShort(26) & 0xFFFF;
        boolean same = local.getInt(0) == LOCAL
                && localName == nameBytes
                && new String(file.bytes(offset + LOCAL_BYTES, localName), StandardCharsets.UTF_8).equals(name);
        if (!same) {
            throw damaged("its entry '%s' does not lie where its table of contents says", name);
        }
        return offset + LOCAL_BYTES + localName + (local.getShort(28) & 0xFFFF);
    }

    private void requireInside(String name) {
        boolean leaves = name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || List.of(name.split("/")).contains("..")
                || name.chars().anyMatch(c -> c < ' ');
        if (leaves) {
            throw damaged(
                    "it has an entry whose name leaves the archive: '%s'", name.replaceAll("[^\\x20-\\x7E]", "?"));
        }
    }

    private void requireApart() {
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong(Entry::begin));
        long end = 0;
        for (Entry entry : sorted) {
            file.require(entry.begin(), entry.packed());
            if (entry.begin() < end) {
                throw damaged("its entry '%s' lies over the one before", entry.name());
            }
            end = entry.begin() + entry.packed();
        }
    }

    private Failure damaged(String format, Object... values) {
        return Failure.data(
                "Cannot read %s: %s (expected a whole zip archive). Get it again",
                file.uri(), String.format(Locale.ROOT, format, values));
    }
}
