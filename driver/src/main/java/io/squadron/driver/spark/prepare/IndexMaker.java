package io.squadron.driver.spark.prepare;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetDescription.Provenance;
import io.squadron.dataset.DatasetDescription.Shard;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Fingerprint;
import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Describes a dataset of what its base holds and what has been placed behind that. */
record IndexMaker(BaseVersion base, Survey survey, Selection selection, Placement placement, List<String> classes) {
    /** Fails with DATA where a class has nothing to be trained on. */
    void requireTraining(String source) {
        int[] counts = new int[classes.size()];
        DatasetIndex old = base.index();
        for (int i = 0; i < old.size(); i++) {
            counts[old.labels()[i]] += old.splits()[i] == Split.TRAIN.code() ? 1 : 0;
        }
        for (int each : placement.order()) {
            counts[survey.samples().label(each)] += selection.splits()[each] == Split.TRAIN.code() ? 1 : 0;
        }
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] == 0) {
                throw Failure.data(
                        "Cannot prepare %s: class '%s' has no usable image left to train on. Add images to it, "
                                + "hold out less, or remove it",
                        source, classes.get(label));
            }
        }
    }

    /** All that dataset.json says. */
    DatasetDescription describe(String directory, List<Shard> shards, PixelSums sums, Provenance provenance) {
        DatasetIndex index = index(directory, shards, sums);
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            counts.put(split, index.positions(split).length);
        }
        return new DatasetDescription(
                classes, counts, sums.statistics(), sums.list(), shards, Fingerprint.of(index), provenance);
    }

    /** As it will be read back: the samples of the base where they were, the others behind them. */
    private DatasetIndex index(String directory, List<Shard> shards, PixelSums sums) {
        DatasetIndex old = base.index();
        int count = old.size() + placement.order().length;
        DatasetIndex index = DatasetIndexes.empty(
                directory,
                classes,
                sums.statistics(),
                shards.stream().map(Shard::name).toList(),
                count);
        for (int i = 0; i < old.size(); i++) {
            DatasetIndexes.copy(old, i, index, i);
        }
        int at = old.size();
        for (int each : placement.order()) {
            index.ids()[at] = selection.ids()[each];
            index.labels()[at] = survey.samples().label(each);
            index.splits()[at] = selection.splits()[each];
            index.shards()[at] = old.shardNames().size() + placement.shard(each);
            index.offsets()[at] = placement.offset(each);
            index.lengths()[at] = survey.samples().length(each);
            at++;
        }
        return index;
    }
}
