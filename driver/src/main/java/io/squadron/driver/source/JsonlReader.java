package io.squadron.driver.source;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Images that a stretch of JSON lines names. */
record JsonlReader(Storage storage, SourceOptions options) implements UnitReader {
    @Override
    public void read(SourceUnit unit, Sink sink) {
        SourceUnit.Range range = unit.range();
        byte[] stretch = storage.readRange(unit.uri(), range.first(), Math.toIntExact(range.end() - range.first()));
        WholeFiles files = new WholeFiles(storage, sink);
        JsonlRecords records = new JsonlRecords(unit.uri(), new ByteArrayInputStream(stretch), options.columns());
        try {
            while (records.advance()) {
                files.image(records.path(), CsvLayout.absolute(unit.uri(), records.path()), records.said());
            }
        } catch (IOException e) {
            throw Failure.resources("Cannot read %s: %s. Check its store", unit.uri(), e.getMessage())
                    .causedBy(e);
        }
    }
}
