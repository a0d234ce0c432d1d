package io.squadron.driver.source;

import io.squadron.dataset.Split;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** Rows of a parquet file whose row groups lie in a stretch of it. */
record ParquetUnitReader(Storage storage, SourceOptions options) implements UnitReader {
    @Override
    public void read(SourceUnit unit, Sink sink) {
        ParquetLayout layout = ParquetLayout.of(
                unit.uri(), ParquetScan.facts(storage, unit.uri()).getSchema(), options.columns());
        Groups groups = new Groups(new ParquetFile(storage, unit.uri()));
        groups.withFileRange(unit.range().first(), unit.range().end());
        groups.set(ReadSupport.PARQUET_READ_SCHEMA, layout.schema().toString());
        try (ParquetReader<Group> reader = groups.build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                String place = unit.path() + "#" + reader.getCurrentRowIndex();
                new ParquetRow(layout, row, place).tell(split(unit, layout, row, place), sink);
            }
        } catch (IOException | RuntimeException e) {
            throw ParquetScan.damaged(unit.uri(), e);
        }
    }

    private static Optional<Split> split(SourceUnit unit, ParquetLayout layout, Group row, String place) {
        return layout.columns()
                .split()
                .flatMap(name -> ParquetRow.text(row, name))
                .flatMap(word -> CsvLayout.split(place, 0, word))
                .or(unit::split);
    }

    private static final class Groups extends ParquetReader.Builder<Group> {
        Groups(ParquetFile file) {
            super(file);
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
