package io.squadron.dataset;

import io.squadron.storage.Storage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A prepared dataset on its way to executors. In each JVM all who open the same dataset with the same seed share one
 * source, and with it the shards that were read already. Opening the first reads dataset.json, for the checksums of the shards.
 *
 * @param seed of the run, for the augmentation
 * @param cache what one JVM may keep of shards
 */
public record ShardSamples(Storage storage, DatasetIndex index, long seed, CacheBudget cache)
        implements SampleSourceFactory {
    private static final long serialVersionUID = 1L;
    private static final Map<Key, ShardSource> OPENED = new ConcurrentHashMap<>();

    /** What makes two sources the same. */
    private record Key(String directory, String fingerprint, long seed) {}

    @Override
    public SampleSource open() {
        Key key = new Key(index.directory(), index.fingerprint(), seed);
        return OPENED.computeIfAbsent(key, absent -> source());
    }

    private ShardSource source() {
        return new ShardSource(storage, index, seed, cache, ShardSums.read(storage, index));
    }
}
