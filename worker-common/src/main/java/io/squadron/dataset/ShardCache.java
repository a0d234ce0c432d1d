package io.squadron.dataset;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The bytes of samples. A shard that fits into what is left of the budget is read once, whole, and kept; from any other the
 * samples are read one by one. Nothing is ever thrown out: what fits stays, so that memory and speed are the same in
 * every epoch. Thread-safe.
 */
final class ShardCache {
    private static final byte[] TOO_LARGE = {};

    private final Storage storage;
    private final DatasetIndex index;
    private final AtomicLong budget;
    private final AtomicReferenceArray<byte[]> shards;
    private final Object[] locks;

    ShardCache(Storage storage, DatasetIndex index, long budget) {
        this.storage = storage;
        this.index = index;
        this.budget = new AtomicLong(budget);
        this.shards = new AtomicReferenceArray<>(index.shardNames().size());
        this.locks = new Object[index.shardNames().size()];
        Arrays.setAll(locks, i -> new Object());
    }

    byte[] image(int sample) {
        byte[] shard = shard(index.shards()[sample]);
        long offset = index.offsets()[sample];
        int length = index.lengths()[sample];
        if (shard == TOO_LARGE) {
            return storage.readRange(uri(index.shards()[sample]), offset, length);
        }
        if (offset + length > shard.length) {
            throw Failure.data(
                    "Cannot read bytes %d to %d: the shard ends after %d", offset, offset + length, shard.length);
        }
        return Arrays.copyOfRange(shard, (int) offset, (int) offset + length);
    }

    String uri(int shard) {
        return Storage.child(index.directory(), index.shardNames().get(shard));
    }

    private byte[] shard(int number) {
        byte[] known = shards.get(number);
        if (known != null) {
            return known;
        }
        synchronized (locks[number]) {
            known = shards.get(number);
            if (known == null) {
                known = load(uri(number));
                shards.set(number, known);
            }
            return known;
        }
    }

    private byte[] load(String uri) {
        long length = storage.length(uri);
        if (length > Integer.MAX_VALUE - 8 || budget.addAndGet(-length) < 0) {
            budget.addAndGet(length);
            return TOO_LARGE;
        }
        // Not read(), which learns the length only as it goes and copies what it has.
        return storage.readRange(uri, 0, (int) length);
    }
}
