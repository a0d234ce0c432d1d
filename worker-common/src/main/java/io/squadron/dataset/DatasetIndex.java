package io.squadron.dataset;

import java.io.Serializable;
import java.util.List;

/**
 * Where every sample of a prepared dataset lies. Columns, so that a million samples take some tens of megabytes; row i of
 * each column is the sample at position i.
 *
 * @param directory URI of the dataset
 * @param fingerprint SHA-256 over the manifest, hex: two datasets with the same samples in the same order have the same
 * @param classes names, by label
 * @param statistics of the training split
 * @param shardNames paths below the directory, by shard number
 * @param ids stable id of each sample: a hash of its content and label
 * @param labels class of each sample
 * @param splits code of its {@link Split}
 * @param shards number of the shard that holds it
 * @param offsets first byte of its image inside the shard
 * @param lengths bytes of its image
 */
public record DatasetIndex(
        String directory,
        String fingerprint,
        List<String> classes,
        ChannelStatistics statistics,
        List<String> shardNames,
        long[] ids,
        int[] labels,
        byte[] splits,
        int[] shards,
        long[] offsets,
        int[] lengths)
        implements Serializable {

    public int size() {
        return ids.length;
    }

    /** Positions of the samples of {@code split}, ascending. */
    public int[] positions(Split split) {
        int[] found = new int[size()];
        int count = 0;
        for (int i = 0; i < size(); i++) {
            if (splits[i] == split.code()) {
                found[count++] = i;
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }

    /** How many samples of {@code split} each class has, by label. */
    public int[] counts(Split split) {
        int[] counts = new int[classes.size()];
        for (int position : positions(split)) {
            counts[labels[position]]++;
        }
        return counts;
    }
}
