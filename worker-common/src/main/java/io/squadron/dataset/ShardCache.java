package io.squadron.dataset;

import io.squadron.storage.Storage;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The bytes of samples. A shard that fits into what is left of the memory is read once, whole, and kept; else, if it lies on
 * another machine and fits into what is left of the disk, it is copied there once; from any other the samples are read one by
 * one. Nothing is ever thrown out: what fits stays, so that memory and speed are the same in every epoch.
 *
 * <p>A shard that comes whole is held against its SHA-256 once, and each sample's entry header against the index whenever it is
 * read: it costs 512 bytes beside the image. Thread-safe.
 */
final class ShardCache {
    private final Storage storage;
    private final DatasetIndex index;
    private final ShardSums sums;
    private final AtomicLong memory;
    private final AtomicLong disk;
    private final AtomicReferenceArray<ShardBytes> shards;
    private final Object[] locks;

    ShardCache(Storage storage, DatasetIndex index, ShardSums sums, CacheBudget budget) {
        this.storage = storage;
        this.index = index;
        this.sums = sums;
        this.memory = new AtomicLong(budget.memoryBytes());
        this.disk = new AtomicLong(budget.diskBytes());
        this.shards = new AtomicReferenceArray<>(index.shardNames().size());
        this.locks = new Object[index.shardNames().size()];
        Arrays.setAll(locks, i -> new Object());
    }

    byte[] image(int sample) {
        int length = index.lengths()[sample];
        byte[] entry = shard(index.shards()[sample])
                .range(index.offsets()[sample] - ShardEntry.BYTES, ShardEntry.BYTES + length);
        ShardEntry.require(entry, index.ids()[sample], length);
        return Arrays.copyOfRange(entry, ShardEntry.BYTES, entry.length);
    }

    String uri(int shard) {
        return Storage.child(index.directory(), index.shardNames().get(shard));
    }

    private ShardBytes shard(int number) {
        ShardBytes known = shards.get(number);
        if (known != null) {
            return known;
        }
        synchronized (locks[number]) {
            known = shards.get(number);
            if (known == null) {
                known = load(index.shardNames().get(number), uri(number));
                shards.set(number, known);
            }
            return known;
        }
    }

    private ShardBytes load(String name, String uri) {
        long length = storage.length(uri);
        if (length <= Integer.MAX_VALUE - 8 && take(memory, length)) {
            // Not read(), which learns the length only as it goes and copies what it has.
            byte[] all = storage.readRange(uri, 0, (int) length);
            sums.require(name, all);
            return new ShardBytes.InMemory(all);
        }
        if (!isHere(uri) && take(disk, length)) {
            return ShardBytes.OnDisk.copy(storage, uri, length, sum -> sums.requireSum(name, sum));
        }
        return new ShardBytes.Stored(storage, uri);
    }

    private static boolean isHere(String uri) {
        return uri.startsWith("file:") || uri.startsWith("/");
    }

    private static boolean take(AtomicLong budget, long bytes) {
        return budget.getAndUpdate(left -> left >= bytes ? left - bytes : left) >= bytes;
    }
}
