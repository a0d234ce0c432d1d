package io.squadron.driver.spark.prepare;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.driver.source.LongSet;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.LongBuffer;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The version of a dataset that another one adds to, or nothing.
 *
 * @param description empty where there is no base
 * @param ids of its samples
 * @param contents hashes of what they show
 */
record BaseVersion(DatasetIndex index, List<DatasetDescription> description, LongSet ids, LongSet contents) {
    static BaseVersion none() {
        DatasetIndex nothing =
                DatasetIndexes.empty("", List.of(), PixelSums.empty().statistics(), List.of(), 0);
        return new BaseVersion(nothing, List.of(), new LongSet(), new LongSet());
    }

    /** Fails with DATA where there is no dataset, or one that an older Squadron prepared. */
    static BaseVersion load(SparkSession spark, String directory) {
        DatasetIndex index = DatasetIndexes.load(spark, directory);
        Storage storage = SparkStorage.of(spark);
        DatasetDescription description = DatasetFiles.read(storage, directory);
        if (description.pixelSums().size() != PixelSums.empty().values().length) {
            throw Failure.data(
                    "Cannot add to %s: an older Squadron prepared it, without the sums of its pixels. Prepare all of it "
                            + "into a new directory",
                    directory);
        }
        LongSet ids = new LongSet();
        for (long id : index.ids()) {
            ids.add(id);
        }
        LongSet contents = new LongSet();
        for (LongBuffer piece : Manifest.contents(spark, directory)) {
            while (piece.hasRemaining()) {
                contents.add(piece.get());
            }
        }
        return new BaseVersion(index, List.of(description), ids, contents);
    }

    boolean isNone() {
        return description.isEmpty();
    }

    DatasetDescription described() {
        return description.get(0);
    }

    PixelSums sums() {
        PixelSums sums = PixelSums.empty();
        if (!isNone()) {
            sums.add(new PixelSums(
                    described().pixelSums().stream().mapToLong(Long::longValue).toArray()));
        }
        return sums;
    }

    /** Its shards by the names that the dataset in {@code directory} calls them. */
    List<DatasetDescription.Shard> shardsFrom(Storage storage, String directory) {
        return description.stream()
                .flatMap(each -> each.shards().stream())
                .map(shard -> new DatasetDescription.Shard(
                        DatasetFiles.nameElsewhere(storage, index.directory(), shard.name(), directory),
                        shard.length(),
                        shard.sha256()))
                .toList();
    }
}
