package io.squadron.driver.spark.prepare;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetDescription.Provenance;
import io.squadron.dataset.DatasetDescription.Shard;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Fingerprint;
import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * From images to a dataset. The same images give byte-identical shards and the same fingerprint on any file system and at any
 * parallelism. The directory becomes a dataset in its last step, when dataset.json appears; what an earlier, failed try
 * left there is cleared away first. Damaged images are left out, and listed in rejects.jsonl.
 */
public final class Prepare {
    private final SparkSession spark;
    private final Storage storage;
    private final PrepareSettings settings;

    private Prepare(SparkSession spark, PrepareSettings settings) {
        this.spark = spark;
        this.storage = SparkStorage.of(spark);
        this.settings = settings;
    }

    /**
     * Prepares and returns what was written to dataset.json. Fails with DATA when the source is missing, has fewer than two
     * classes, a class without images or too many damaged ones; with STATE when there is a dataset already.
     */
    public static DatasetDescription run(SparkSession spark, PrepareSettings settings) {
        return new Prepare(spark, settings).run();
    }

    private DatasetDescription run() {
        Listing listing = new SourceScan(storage, settings.source()).list();
        clear();
        try {
            return prepare(listing);
        } catch (RuntimeException | Error e) {
            sweep(e);
            throw e;
        }
    }

    private DatasetDescription prepare(Listing listing) {
        List<Candidate> candidates = listing.candidates();
        List<Surveyed> surveyed = SparkFailures.clear(
                "read " + settings.source(),
                () -> Survey.run(spark, storage, candidates, settings.limits().pixels()));
        Rejects rejects = Rejects.of(listing, surveyed);
        rejects.write(storage, settings.out());
        rejects.requireFew(settings, candidates.size());
        Placement placement = Placement.of(settings, candidates, surveyed);
        requireTraining(listing, placement.samples());
        List<Shard> shards = SparkFailures.clear(
                "write shards to " + settings.out(), () -> ShardJob.run(spark, storage, settings.out(), placement));
        SparkFailures.clear("write the manifest to " + settings.out(), () -> {
            Manifest.write(spark, settings.out(), placement.samples());
            return true;
        });
        DatasetDescription description = describe(listing, placement.samples(), shards, rejects.damaged());
        DatasetFiles.write(storage, settings.out(), description);
        return description;
    }

    private void clear() {
        if (storage.exists(Storage.child(settings.out(), DatasetFiles.DESCRIPTION))) {
            throw Failure.state(
                    "Cannot prepare into %s: there is a dataset already. Delete it, or choose another directory",
                    settings.out());
        }
        deleteParts();
        storage.delete(Storage.child(settings.out(), DatasetFiles.REJECTS));
        storage.makeDirectories(settings.out());
    }

    /** Leaves the list of rejects, which tells what to mend. */
    private void sweep(Throwable why) {
        try {
            deleteParts();
        } catch (Failure e) {
            why.addSuppressed(e);
        }
    }

    private void deleteParts() {
        storage.delete(Storage.child(settings.out(), DatasetFiles.MANIFEST));
        storage.delete(Storage.child(settings.out(), DatasetFiles.SHARDS));
    }

    private void requireTraining(Listing listing, List<Placed> samples) {
        int[] counts = new int[listing.classes().size()];
        for (Placed each : samples) {
            counts[each.candidate().label()] += each.split() == Split.TRAIN ? 1 : 0;
        }
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] == 0) {
                throw Failure.data(
                        "Cannot prepare %s: class '%s' has no usable image left to train on. Add images to it, "
                                + "hold out less, or remove it",
                        settings.source(), listing.classes().get(label));
            }
        }
    }

    private DatasetDescription describe(Listing listing, List<Placed> samples, List<Shard> shards, int rejected) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        PixelSums sums = PixelSums.empty();
        for (Placed each : samples) {
            counts.merge(each.split(), 1, Integer::sum);
            if (each.split() == Split.TRAIN) {
                sums.add(each.surveyed().sums());
            }
        }
        for (Split split : Split.values()) {
            counts.putIfAbsent(split, 0);
        }
        String rule = Splits.of(settings, listing.candidates()).rule();
        Provenance provenance = new Provenance(settings.source(), settings.seed(), rule, rejected);
        DatasetDescription unsigned =
                new DatasetDescription(listing.classes(), counts, sums.statistics(), shards, "", provenance);
        DatasetIndex index = Manifest.index(settings.out(), unsigned, samples);
        return new DatasetDescription(
                listing.classes(), counts, sums.statistics(), shards, Fingerprint.of(index), provenance);
    }
}
