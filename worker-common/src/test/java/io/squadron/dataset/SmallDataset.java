package io.squadron.dataset;

import io.squadron.image.Encoder;
import io.squadron.image.Pictures;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A dataset of random 8 x 8 pictures in a directory, written without Spark; sample i has id 1000 + i and label i mod 3. */
final class SmallDataset {
    private SmallDataset() {}

    static DatasetIndex write(Storage storage, String directory, int samples, int perShard) {
        long[] ids = new long[samples];
        int[] labels = new int[samples];
        int[] shards = new int[samples];
        long[] offsets = new long[samples];
        int[] lengths = new int[samples];
        int count = (samples + perShard - 1) / perShard;
        for (int shard = 0; shard < count; shard++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ShardWriter writer = new ShardWriter(bytes)) {
                for (int i = shard * perShard; i < Math.min(samples, (shard + 1) * perShard); i++) {
                    byte[] image = Encoder.png(Pictures.noise(8, 8, i));
                    ids[i] = 1000L + i;
                    labels[i] = i % 3;
                    shards[i] = shard;
                    offsets[i] = writer.add(ids[i], "png", image, labels[i]);
                    lengths[i] = image.length;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            storage.publish(Storage.child(directory, name(shard)), bytes.toByteArray());
        }
        List<String> names = java.util.stream.IntStream.range(0, count)
                .mapToObj(SmallDataset::name)
                .toList();
        ChannelStatistics statistics = new ChannelStatistics(3, List.of(0.5, 0.5, 0.5), List.of(0.3, 0.3, 0.3));
        List<String> classes = List.of("a", "b", "c");
        byte[] splits = new byte[samples];
        return new DatasetIndex(
                directory, "", classes, statistics, names, ids, labels, splits, shards, offsets, lengths);
    }

    /** What dataset.json says of it. */
    static DatasetDescription description(Storage storage, DatasetIndex index, String fingerprint) {
        List<DatasetDescription.Shard> shards = index.shardNames().stream()
                .map(name -> {
                    byte[] bytes = storage.read(Storage.child(index.directory(), name));
                    return new DatasetDescription.Shard(name, bytes.length, Checksum.sha256(bytes));
                })
                .toList();
        return new DatasetDescription(
                index.classes(),
                Map.of(Split.TRAIN, index.size()),
                index.statistics(),
                List.of(),
                shards,
                fingerprint,
                new DatasetDescription.Provenance("nowhere", 0, "all", 0, 0, 0, ""));
    }

    /** The same dataset, found at another URI. */
    static DatasetIndex at(DatasetIndex index, String directory) {
        return new DatasetIndex(
                directory,
                index.fingerprint(),
                index.classes(),
                index.statistics(),
                index.shardNames(),
                index.ids(),
                index.labels(),
                index.splits(),
                index.shards(),
                index.offsets(),
                index.lengths());
    }

    static String name(int shard) {
        return "shards/train-%05d.tar".formatted(shard);
    }
}
