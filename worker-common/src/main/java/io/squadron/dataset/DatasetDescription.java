package io.squadron.dataset;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What dataset.json holds: everything about a dataset but the table of its samples. Its presence is what makes a directory a
 * dataset.
 *
 * @param counts samples of each split
 * @param fingerprint as {@link Fingerprint} computes it
 */
public record DatasetDescription(
        List<String> classes,
        Map<Split, Integer> counts,
        ChannelStatistics statistics,
        List<Shard> shards,
        String fingerprint,
        Provenance provenance)
        implements Serializable {
    public DatasetDescription {
        classes = List.copyOf(classes);
        counts = Map.copyOf(new EnumMap<>(counts));
        shards = List.copyOf(shards);
    }

    /**
     * One tar.
     *
     * @param name path below the dataset's directory
     * @param length in bytes
     * @param sha256 of its bytes, hex
     */
    public record Shard(String name, long length, String sha256) implements Serializable {}

    /**
     * Where a dataset came from, enough to prepare it again.
     *
     * @param source URI of the images
     * @param seed of the hash that holds samples out
     * @param splitRule in words
     * @param rejected damaged images that were left out
     */
    public record Provenance(String source, long seed, String splitRule, int rejected) implements Serializable {}
}
