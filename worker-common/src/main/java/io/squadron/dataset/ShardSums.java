package io.squadron.dataset;

import io.squadron.failure.Failure;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The checksums that dataset.json keeps of its shards, for whoever has a whole shard in hand: one that was replaced by another
 * of the same length is found out when it is first read. Immutable, thread-safe.
 */
public final class ShardSums implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final HashMap<String, String> sums;

    private ShardSums(String directory, Map<String, String> sums) {
        this.directory = directory;
        this.sums = new HashMap<>(sums);
    }

    /** Those of the dataset in {@code directory}. */
    public static ShardSums read(Storage storage, String directory) {
        Map<String, String> sums = new HashMap<>();
        DatasetFiles.read(storage, directory).shards().forEach(each -> sums.put(each.name(), each.sha256()));
        return new ShardSums(directory, sums);
    }

    /** Fails with DATA when {@code content} is not what was written as the shard {@code name}, as the index calls it. */
    public void require(String name, byte[] content) {
        String expected = sums.getOrDefault(name, "none of that name");
        String found = Checksum.sha256(content);
        if (!found.equals(expected)) {
            throw Failure.data(
                    "Cannot use shard %s: its SHA-256 is %s (expected %s). It is damaged, or of another dataset: restore it, "
                            + "or prepare again",
                    Storage.child(directory, name), found, expected);
        }
    }
}
