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
 * @param shards those of an earlier version first, where this is a later one
 * @param pixelSums what the statistics were computed from, exactly, so that a later version can add to it: pixels of the
 *     training split, sums of red, green, blue, sums of their squares; empty in datasets of older Squadrons
 * @param fingerprint as {@link Fingerprint} computes it
 */
public record DatasetDescription(
        List<String> classes,
        Map<Split, Integer> counts,
        ChannelStatistics statistics,
        List<Long> pixelSums,
        List<Shard> shards,
        String fingerprint,
        Provenance provenance)
        implements Serializable {
    public DatasetDescription {
        classes = List.copyOf(classes);
        counts = Map.copyOf(new EnumMap<>(counts));
        pixelSums = List.copyOf(pixelSums);
        shards = List.copyOf(shards);
    }

    /**
     * One tar.
     *
     * @param name path below the dataset's directory; of a shard that an earlier version wrote, the path from there to it,
     *     or its URI
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
     * @param duplicates images that are there in two splits or two classes
     * @param shrink shorter side in pixels that larger images were shrunk to; 0: all are as they came
     * @param base URI of the version that this one adds to; empty for a first version
     */
    public record Provenance(
            String source, long seed, String splitRule, int rejected, int duplicates, int shrink, String base)
            implements Serializable {}
}
