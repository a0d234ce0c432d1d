package io.squadron.driver.spark.prepare;

import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.List;

/** Finds out what kind of source a directory is, and lists it. */
record SourceScan(Storage storage, String source) {
    Listing list() {
        List<StoredFile> idx =
                storage.list(source).stream().filter(IdxScan::matches).toList();
        return idx.isEmpty() ? new FolderScan(storage, source).list() : new IdxScan(storage, source).list(idx);
    }
}
