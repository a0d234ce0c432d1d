package io.squadron.driver.spark.prepare;

import io.squadron.dataset.DatasetFiles;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * What a preparation has done so far, in files beside the dataset that is to be. A file is there whole or not at all, and its name
 * or its content says what it was made from; so whoever finds it can tell whether it still holds.
 */
record Work(Storage storage, String out) implements Serializable {
    private static final String SURVEY = "survey";
    private static final String STAGED = "staged";
    private static final String WRITTEN = "written";

    /** What was found in the unit of that key. */
    String part(String key) {
        return at(SURVEY, key);
    }

    /** The files of images that lie nowhere else in the form in which they go into a shard. */
    String staged(String key) {
        return at(STAGED, key);
    }

    /** Length and checksum of a shard, and of what it was written from. */
    String written(String shard) {
        return at(WRITTEN, shard.substring(shard.lastIndexOf('/') + 1) + ".json");
    }

    /** Keys of the units that have been looked through. */
    Set<String> surveyed() {
        return names(Storage.child(Storage.child(out, DatasetFiles.WORK), SURVEY));
    }

    /** Names of the files in a directory that need not be there. */
    Set<String> names(String directory) {
        Set<String> names = new HashSet<>();
        if (storage.exists(directory)) {
            storage.list(directory).stream().map(StoredFile::name).forEach(names::add);
        }
        return names;
    }

    void clear() {
        storage.delete(Storage.child(out, DatasetFiles.WORK));
    }

    private String at(String folder, String name) {
        return Storage.child(Storage.child(Storage.child(out, DatasetFiles.WORK), folder), name);
    }
}
