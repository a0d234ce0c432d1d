package io.squadron.driver.source;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.util.List;

/** Images that a stretch of a table names. */
record CsvReader(Storage storage) implements UnitReader {
    @Override
    public void read(SourceUnit unit, Sink sink) {
        CsvLayout layout = CsvLayout.parse(unit.label());
        SourceUnit.Range range = unit.range();
        byte[] stretch = storage.readRange(unit.uri(), range.first(), Math.toIntExact(range.end() - range.first()));
        WholeFiles files = new WholeFiles(storage, sink);
        try {
            CsvRecords records = CsvScan.records(unit.uri(), stretch, layout);
            long line = records.line();
            for (List<String> each = records.next(); !each.isEmpty(); each = records.next()) {
                layout.require(unit.uri(), line, each);
                String path = each.get(layout.path()).strip();
                files.image(
                        path,
                        CsvLayout.absolute(unit.uri(), path),
                        new LabelText(each.get(layout.label()).strip(), layout.splitOf(unit.uri(), line, each)));
                line = records.line();
            }
        } catch (IOException e) {
            throw Failure.resources("Cannot read %s: %s. Check its store", unit.uri(), e.getMessage())
                    .causedBy(e);
        }
    }
}
