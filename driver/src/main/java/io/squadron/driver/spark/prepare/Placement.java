package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.dataset.ShardWriter;
import io.squadron.dataset.Split;
import io.squadron.storage.Checksum;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Decides, on the driver, which sample lies where. Samples are ordered by split, then by id, which is a hash: so classes are
 * mixed within every shard, and the order depends on the images alone. A shard holds one split.
 */
final class Placement {
    private final SampleColumns samples;
    private final Selection selection;
    private final long shardBytes;
    private final int[] order;
    private final int[] shards;
    private final long[] offsets;
    private final List<String> shardNames = new ArrayList<>();
    private final List<String> plans = new ArrayList<>();

    private Placement(SampleColumns samples, Selection selection, long shardBytes) {
        this.samples = samples;
        this.selection = selection;
        this.shardBytes = shardBytes;
        this.order = selection.sorted((a, b) -> {
            int bySplit = selection.splits()[a] - selection.splits()[b];
            return bySplit != 0
                    ? bySplit
                    : Long.compareUnsigned(selection.ids()[a], selection.ids()[b]);
        });
        this.shards = new int[samples.size()];
        this.offsets = new long[samples.size()];
        Arrays.fill(shards, -1);
    }

    static Placement of(SampleColumns samples, Selection selection, long shardBytes) {
        Placement placement = new Placement(samples, selection, shardBytes);
        placement.fill();
        placement.sign();
        return placement;
    }

    /** Numbers of the placed ones, in the order in which they lie. */
    int[] order() {
        return order;
    }

    /** Of an image by its number; -1 where it has none. */
    int shard(int number) {
        return shards[number];
    }

    /** Of an image's first byte in its shard. */
    long offset(int number) {
        return offsets[number];
    }

    /** Paths below the dataset's directory, by shard number. */
    List<String> shardNames() {
        return shardNames;
    }

    /** For each shard a SHA-256 over all that is to go into it: a file written to the same plan is the same file. */
    List<String> plans() {
        return plans;
    }

    private void fill() {
        long end = 0;
        int numberInSplit = 0;
        int split = -1;
        for (int each : order) {
            long footprint = ShardWriter.footprint(samples.length(each), samples.label(each));
            boolean anotherSplit = selection.splits()[each] != split;
            if (anotherSplit || end + footprint > shardBytes) {
                numberInSplit = anotherSplit ? 0 : numberInSplit + 1;
                split = selection.splits()[each];
                end = 0;
                String name = Split.of((byte) split).name().toLowerCase(Locale.ROOT);
                shardNames.add("shards/%s-%05d.tar".formatted(name, numberInSplit));
            }
            shards[each] = shardNames.size() - 1;
            offsets[each] = end + ShardWriter.imageOffset();
            end += footprint;
        }
    }

    private void sign() {
        MessageDigest digest = Checksum.digest();
        ByteBuffer row = ByteBuffer.allocate(8 + 4 + 4 + 8 + 8);
        for (int i = 0; i < order.length; i++) {
            int each = order[i];
            row.clear();
            row.putLong(selection.ids()[each]).putInt(samples.label(each)).putInt(samples.length(each));
            row.putLong(offsets[each]).putLong(samples.hash(each));
            digest.update(row.flip());
            if (i == order.length - 1 || shards[order[i + 1]] != shards[each]) {
                digest.update(shardNames.get(shards[each]).getBytes(UTF_8));
                plans.add(Checksum.hex(digest.digest()));
            }
        }
    }
}
