package io.squadron.driver.spark.prepare;

import io.squadron.driver.source.Sighting;
import io.squadron.failure.Failure;
import io.squadron.storage.RangedFile;
import io.squadron.storage.Storage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fetches images from where they lie; keeps some files open that hold many. Not thread-safe. */
final class StoredBytes implements AutoCloseable {
    private static final int OPEN = 64;

    private final Storage storage;
    private final LinkedHashMap<String, RangedFile> open = new LinkedHashMap<>(OPEN, 0.75f, true);

    StoredBytes(Storage storage) {
        this.storage = storage;
    }

    /** Fails with DATA where what lies there is not what was surveyed. */
    byte[] read(String uri, long offset, int length, long check) {
        byte[] file = offset == Sighting.Place.WHOLE
                ? storage.read(uri)
                : open.computeIfAbsent(uri, storage::openRanged).read(offset, length);
        if (open.size() > OPEN) {
            Map.Entry<String, RangedFile> eldest = open.entrySet().iterator().next();
            open.remove(eldest.getKey());
            eldest.getValue().close();
        }
        if (file.length != length || Surveyor.hash(file) != check) {
            throw Failure.data(
                    "Cannot prepare %s: it changed while it was being prepared. Prepare again when the source is at rest",
                    uri);
        }
        return file;
    }

    @Override
    public void close() {
        open.values().forEach(RangedFile::close);
        open.clear();
    }
}
