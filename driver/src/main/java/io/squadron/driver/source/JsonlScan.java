package io.squadron.driver.source;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists tables of one JSON object a line, checked and cut as those of {@link CsvScan} are. */
record JsonlScan(Storage storage, SourceOptions options) {
    private static final int UNIT_RECORDS = 1000;

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
        String uri = found.file().uri();
        JsonlRecords records = new JsonlRecords(uri, in, options.columns());
        List<SourceUnit> units = new ArrayList<>();
        long first = 0;
        int count = 0;
        while (records.advance()) {
            paths.add(uri, records.line(), CsvLayout.absolute(uri, records.path()));
            if (++count % UNIT_RECORDS == 0) {
                units.add(unit(found, first, records.position()));
                first = records.position();
            }
        }
        if (count % UNIT_RECORDS != 0) {
            units.add(unit(found, first, records.position()));
        }
        return units;
    }

    private static SourceUnit unit(SourceScan.Found found, long first, long end) {
        return SourceUnit.of(
                SourceFormat.JSONL, found.file(), found.path(), new SourceUnit.Range(first, end), "", Optional.empty());
    }
}
