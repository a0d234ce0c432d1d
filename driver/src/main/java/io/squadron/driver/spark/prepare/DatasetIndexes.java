package io.squadron.driver.spark.prepare;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetDescription.Shard;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Fingerprint;
import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads prepared datasets. */
public final class DatasetIndexes {
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
        DatasetIndex index = index(
                directory, description, SparkFailures.clear("read " + manifest, () -> Manifest.read(spark, directory)));
        if (!Fingerprint.of(index).equals(description.fingerprint())) {
            throw damaged(directory, "its manifest does not match the fingerprint in " + DatasetFiles.DESCRIPTION);
        }
        return index;
    }

    static DatasetIndex index(String directory, DatasetDescription description, List<Row> rows) {
        int count = rows.size();
        DatasetIndex index = new DatasetIndex(
                directory,
                description.fingerprint(),
                description.classes(),
                description.statistics(),
                description.shards().stream().map(Shard::name).toList(),
                new long[count],
                new int[count],
                new byte[count],
                new int[count],
                new long[count],
                new int[count]);
        for (int i = 0; i < count; i++) {
            Row row = rows.get(i);
            index.ids()[i] = row.getLong(0);
            index.labels()[i] = row.getInt(1);
            index.splits()[i] =
                    Split.valueOf(row.getString(2).toUpperCase(Locale.ROOT)).code();
            index.shards()[i] = row.getInt(3);
            index.offsets()[i] = row.getLong(4);
            index.lengths()[i] = row.getInt(5);
        }
        return index;
    }

    private static void requireShards(Storage storage, String directory, DatasetDescription description) {
        String folder = Storage.child(directory, DatasetFiles.SHARDS);
        Map<String, Long> lengths = storage.exists(folder)
                ? storage.list(folder).stream()
                        .collect(Collectors.toMap(
                                each -> Storage.child(DatasetFiles.SHARDS, each.name()), StoredFile::length))
                : Map.of();
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

    private static Failure damaged(String directory, String what) {
        return Failure.data(
                "Cannot use dataset %s: %s. Restore it, or run `squadron prepare` again into a new directory",
                directory, what);
    }
}
