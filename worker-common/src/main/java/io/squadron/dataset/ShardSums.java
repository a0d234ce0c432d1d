package io.squadron.dataset;

import io.squadron.failure.Failure;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The checksums that dataset.json keeps of its shards, for whoever has a whole shard in hand: one that was replaced by another
 * of the same length, or lost a bit, is found out when it is first read. Immutable, thread-safe.
 */
public final class ShardSums implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Knows no shard and lets every one pass: for an index that was made without a dataset.json. */
    static final ShardSums NONE = new ShardSums("", Map.of());

    private final String directory;
    private final HashMap<String, String> sums;

    private ShardSums(String directory, Map<String, String> sums) {
        this.directory = directory;
        this.sums = new HashMap<>(sums);
    }

    /** Those of the dataset in {@code directory}. */
    public static ShardSums read(Storage storage, String directory) {
        return of(directory, DatasetFiles.read(storage, directory));
    }

    /** Those of the dataset that {@code index} is of. Fails with DATA where another has taken its place since. */
    public static ShardSums read(Storage storage, DatasetIndex index) {
        DatasetDescription description = DatasetFiles.read(storage, index.directory());
        if (!description.fingerprint().equals(index.fingerprint())) {
            throw Failure.data(
                    "Cannot read dataset %s: its fingerprint is %s (expected %s, as when the job began). "
                            + "It was replaced meanwhile: restore it, or start again with the new one",
                    index.directory(), description.fingerprint(), index.fingerprint());
        }
        return of(index.directory(), description);
    }

    private static ShardSums of(String directory, DatasetDescription description) {
        Map<String, String> sums = new HashMap<>();
        description.shards().forEach(each -> sums.put(each.name(), each.sha256()));
        return new ShardSums(directory, sums);
    }

    /** Fails with DATA when {@code content} is not what was written as the shard {@code name}, as the index calls it. */
    public void require(String name, byte[] content) {
        if (!sums.isEmpty()) {
            requireSum(name, Checksum.sha256(content));
        }
    }

    /** The same for content that went by in pieces, of which {@code found} is the SHA-256 in hex. */
    void requireSum(String name, String found) {
        String expected = sums.getOrDefault(name, "none of that name");
        if (!sums.isEmpty() && !found.equals(expected)) {
            throw Failure.data(
                    "Cannot use shard %s: its SHA-256 is %s (expected %s). It is damaged, or of another dataset: restore it, "
                            + "or prepare again",
                    Storage.child(directory, name), found, expected);
        }
    }
}
