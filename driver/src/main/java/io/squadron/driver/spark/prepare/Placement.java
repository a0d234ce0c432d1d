package io.squadron.driver.spark.prepare;

import io.squadron.dataset.ShardWriter;
import io.squadron.dataset.Split;
import io.squadron.random.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides, on the driver, which sample lies where. Samples are ordered by split, then by id, which is a hash: so classes are
 * mixed within every shard, and the order depends on the images alone. A shard holds one split.
 */
final class Placement {
    private final PrepareSettings settings;
    private final List<Placed> placed = new ArrayList<>();
    private final List<String> shardNames = new ArrayList<>();

    private Placement(PrepareSettings settings) {
        this.settings = settings;
    }

    /** Places the usable ones. */
    static Placement of(PrepareSettings settings, List<Candidate> candidates, List<Surveyed> surveyed) {
        Placement placement = new Placement(settings);
        Splits splits = Splits.of(settings, candidates);
        List<Placed> drafts = new ArrayList<>();
        for (Surveyed each : surveyed) {
            if (each.usable()) {
                Candidate candidate = candidates.get(each.number());
                long id = RandomStream.key(0, "sample", each.hash(), candidate.label());
                drafts.add(new Placed(candidate, each, id, splits.of(candidate, each.hash()), 0, 0));
            }
        }
        placement.fill(withUniqueIds(drafts));
        return placement;
    }

    List<Placed> samples() {
        return placed;
    }

    /** Paths below the dataset's directory, by shard number. */
    List<String> shardNames() {
        return shardNames;
    }

    /** Copies of an image in one class share their hash: the second and later ones get the next free number of a chain. */
    private static List<Placed> withUniqueIds(List<Placed> drafts) {
        drafts.sort(Comparator.comparing((Placed each) -> each.candidate().path()));
        Set<Long> taken = new HashSet<>();
        List<Placed> result = new ArrayList<>();
        for (Placed each : drafts) {
            long id = each.id();
            while (!taken.add(id)) {
                id = RandomStream.mix(id + 1);
            }
            result.add(new Placed(each.candidate(), each.surveyed(), id, each.split(), 0, 0));
        }
        result.sort(Comparator.comparing(Placed::split).thenComparing((a, b) -> Long.compareUnsigned(a.id(), b.id())));
        return result;
    }

    private void fill(List<Placed> ordered) {
        long end = 0;
        int numberInSplit = 0;
        Split split = Split.TRAIN;
        for (Placed each : ordered) {
            long footprint = ShardWriter.footprint(
                    each.surveyed().length(), each.candidate().label());
            boolean anotherSplit = shardNames.isEmpty() || each.split() != split;
            if (anotherSplit || end + footprint > settings.limits().shardBytes()) {
                numberInSplit = anotherSplit ? 0 : numberInSplit + 1;
                split = each.split();
                end = 0;
                shardNames.add("shards/%s-%05d.tar".formatted(split.name().toLowerCase(Locale.ROOT), numberInSplit));
            }
            long offset = end + ShardWriter.imageOffset();
            int shard = shardNames.size() - 1;
            placed.add(new Placed(each.candidate(), each.surveyed(), each.id(), each.split(), shard, offset));
            end += footprint;
        }
    }
}
