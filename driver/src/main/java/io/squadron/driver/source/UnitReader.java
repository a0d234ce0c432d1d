package io.squadron.driver.source;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;

/** Goes through the images of a unit, in an order that depends on the unit alone. */
public interface UnitReader {
    /**
     * Hands every image of {@code unit} to {@code sink}. What concerns one image is told to the sink; fails with DATA where the
     * unit itself is damaged, so that nobody can say how many images are lost.
     */
    void read(SourceUnit unit, Sink sink);

    /** Who is told. Calls come one after the other. */
    interface Sink {
        void image(Sighting sighting);

        /** An image that is there by its name, and cannot be had. */
        void damaged(String path, String reason);
    }

    /** The reader of a format. */
    static UnitReader of(SourceFormat format, Storage storage, SourceOptions options) {
        return switch (format) {
            case FOLDERS -> new FolderReader(storage);
            case IDX -> new IdxReader(storage);
            case CSV -> new CsvReader(storage);
            case JSONL -> new JsonlReader(storage, options);
            case PARQUET -> new ParquetUnitReader(storage, options);
            case WEBDATASET -> new TarReader(storage);
            case AUTO -> throw Failure.usage("Cannot read a unit of format auto (expected the format that was found)");
        };
    }
}
