package io.squadron.driver.spark.prepare;

import io.squadron.dataset.ChannelStatistics;
import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetDescription.Shard;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Fingerprint;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** Reads prepared datasets. */
public final class DatasetIndexes {
    /** Of {@link Manifest#places}. */
    private static final int COLUMNS = 6;

    private DatasetIndexes() {}

    /**
     * The index of the dataset in {@code directory}. Fails with DATA when it is no dataset, when its manifest does not match the
     * fingerprint, or when a shard is missing or has another length; the shards' content is not read.
     */
    public static DatasetIndex load(SparkSession spark, String directory) {
        Storage storage = SparkStorage.of(spark);
        DatasetDescription description = DatasetFiles.read(storage, directory);
        requireShards(storage, directory, description);
        String manifest = Storage.child(directory, DatasetFiles.MANIFEST);
        if (!storage.exists(manifest)) {
            throw damaged(directory, "its " + DatasetFiles.MANIFEST + " is missing");
        }
        DatasetIndex index = SparkFailures.clear(
                "read " + manifest, () -> read(directory, description, Manifest.places(spark, directory)));
        if (!Fingerprint.of(index).equals(description.fingerprint())) {
            throw damaged(directory, "its manifest does not match the fingerprint in " + DatasetFiles.DESCRIPTION);
        }
        return index;
    }

    private static DatasetIndex read(String directory, DatasetDescription description, List<LongBuffer> pieces) {
        int count = description.counts().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        int found = pieces.stream().mapToInt(LongBuffer::remaining).sum() / COLUMNS;
        if (found != count) {
            throw damaged(directory, "its manifest has %d samples (expected %d)".formatted(found, count));
        }
        DatasetIndex loose = empty(
                directory,
                description.classes(),
                description.statistics(),
                description.shards().stream().map(Shard::name).toList(),
                count);
        int at = 0;
        for (LongBuffer piece : pieces) {
            for (; piece.hasRemaining(); at++) {
                loose.ids()[at] = piece.get();
                loose.labels()[at] = (int) piece.get();
                loose.splits()[at] = (byte) piece.get();
                loose.shards()[at] = (int) piece.get();
                loose.offsets()[at] = piece.get();
                loose.lengths()[at] = (int) piece.get();
            }
        }
        return sorted(description.fingerprint(), loose);
    }

    /** In the order of shard, then offset: the order in which they were placed. */
    private static DatasetIndex sorted(String fingerprint, DatasetIndex loose) {
        int[] order = IntStream.range(0, loose.size()).toArray();
        Order.sort(order, (a, b) -> {
            int byShard = Integer.compare(loose.shards()[a], loose.shards()[b]);
            return byShard != 0 ? byShard : Long.compare(loose.offsets()[a], loose.offsets()[b]);
        });
        DatasetIndex index = new DatasetIndex(
                loose.directory(),
                fingerprint,
                loose.classes(),
                loose.statistics(),
                loose.shardNames(),
                new long[order.length],
                new int[order.length],
                new byte[order.length],
                new int[order.length],
                new long[order.length],
                new int[order.length]);
        for (int i = 0; i < order.length; i++) {
            copy(loose, order[i], index, i);
        }
        return index;
    }

    static void copy(DatasetIndex from, int source, DatasetIndex to, int target) {
        to.ids()[target] = from.ids()[source];
        to.labels()[target] = from.labels()[source];
        to.splits()[target] = from.splits()[source];
        to.shards()[target] = from.shards()[source];
        to.offsets()[target] = from.offsets()[source];
        to.lengths()[target] = from.lengths()[source];
    }

    /** Columns of {@code count} samples to be filled in, without a fingerprint. */
    static DatasetIndex empty(
            String directory, List<String> classes, ChannelStatistics statistics, List<String> shardNames, int count) {
        return new DatasetIndex(
                directory,
                "",
                classes,
                statistics,
                shardNames,
                new long[count],
                new int[count],
                new byte[count],
                new int[count],
                new long[count],
                new int[count]);
    }

    private static void requireShards(Storage storage, String directory, DatasetDescription description) {
        Map<String, Long> lengths = new HashMap<>();
        TreeSet<String> folders = new TreeSet<>();
        description.shards().forEach(each -> folders.add(folder(each.name())));
        for (String folder : folders) {
            String uri = Storage.child(directory, folder);
            if (storage.exists(uri)) {
                storage.list(uri).forEach(each -> lengths.put(folder + "/" + each.name(), each.length()));
            }
        }
        for (Shard shard : description.shards()) {
            Long length = lengths.get(shard.name());
            if (length == null) {
                throw damaged(directory, "shard " + shard.name() + " is missing");
            }
            if (length != shard.length()) {
                throw damaged(
                        directory,
                        "shard %s has %d bytes (expected %d)".formatted(shard.name(), length, shard.length()));
            }
        }
    }

    private static String folder(String name) {
        return name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : ".";
    }

    private static Failure damaged(String directory, String what) {
        return Failure.data(
                "Cannot use dataset %s: %s. Restore it, or run `squadron prepare` again into a new directory",
                directory, what);
    }
}
