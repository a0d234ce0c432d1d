package io.squadron.driver.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists tables of paths and labels. The first line names the columns; commas, semicolons or tabs part them. Paths are
 * relative to the table, absolute, or URIs. The table is read once here, to be checked and cut into stretches of bytes; what
 * stands in them is read again by the tasks, so that a long table takes no memory.
 */
record CsvScan(Storage storage, SourceOptions options) {
    private static final int UNIT_RECORDS = 1000;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    Listing list(List<SourceScan.Found> tables) {
        List<SourceUnit> units = new ArrayList<>();
        PathSet paths = new PathSet();
        for (SourceScan.Found each : tables) {
            try (InputStream in =
                    new BufferedInputStream(storage.open(each.file().uri()), 1 << 16)) {
                units.addAll(units(each, in, paths));
            } catch (IOException e) {
                throw Failure.resources(
                                "Cannot read %s: %s. Check its store",
                                each.file().uri(), e.getMessage())
                        .causedBy(e);
            }
        }
        return new Listing(List.of(), units, List.of());
    }

    private List<SourceUnit> units(SourceScan.Found found, InputStream in, PathSet paths) throws IOException {
        StoredFile file = found.file();
        in.mark(MARK.length + 1);
        boolean marked = java.util.Arrays.equals(in.readNBytes(MARK.length), MARK);
        if (!marked) {
            in.reset();
        }
        int delimiter = delimiter(file.uri());
        CsvRecords records = new CsvRecords(file.uri(), in, delimiter, marked ? MARK.length : 0);
        List<String> header = records.next().stream().map(String::strip).toList();
        TableColumns columns = TableColumns.ofPaths(file.uri(), header, options.columns());
        CsvLayout layout = CsvLayout.of(delimiter, header, columns);
        List<SourceUnit> units = new ArrayList<>();
        long first = records.position();
        long line = records.line();
        int count = 0;
        for (List<String> each = records.next(); !each.isEmpty(); each = records.next()) {
            layout.require(file.uri(), line, each);
            paths.add(file.uri(), line, CsvLayout.absolute(file.uri(), each.get(layout.path())));
            line = records.line();
            if (++count % UNIT_RECORDS == 0) {
                units.add(unit(found, first, records.position(), layout));
                first = records.position();
            }
        }
        if (count % UNIT_RECORDS != 0) {
            units.add(unit(found, first, records.position(), layout));
        }
        return units;
    }

    private static SourceUnit unit(SourceScan.Found found, long first, long end, CsvLayout layout) {
        return SourceUnit.of(
                SourceFormat.CSV,
                found.file(),
                found.path(),
                new SourceUnit.Range(first, end),
                layout.text(),
                Optional.empty());
    }

    /** Whichever of the usual delimiters the first line has most of. */
    private int delimiter(String uri) throws IOException {
        try (InputStream in = storage.open(uri)) {
            String line = new String(in.readNBytes(1 << 16), UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            int best = ',';
            for (int each : new int[] {';', '\t'}) {
                best = count(line, each) > count(line, best) ? each : best;
            }
            return best;
        }
    }

    private static long count(String line, int delimiter) {
        return line.chars().filter(each -> each == delimiter).count();
    }

    /** The records of a stretch of bytes. */
    static CsvRecords records(String uri, byte[] stretch, CsvLayout layout) throws IOException {
        return new CsvRecords(uri, new ByteArrayInputStream(stretch), layout.delimiter(), 0);
    }
}
