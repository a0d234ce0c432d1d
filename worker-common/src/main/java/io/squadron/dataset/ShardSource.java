package io.squadron.dataset;

import io.squadron.image.Decoder;
import io.squadron.image.Transform;
import io.squadron.storage.Storage;
import java.util.List;

/**
 * Samples out of a prepared dataset's shards. Keep one for as long as an executor works on a run: it holds the shards it has
 * read, up to its budget. A sample's augmentation draws from the stream (seed, "augment", epoch, sample id), so it depends
 * neither on the batch nor on the thread nor on the number of replicas.
 */
public final class ShardSource implements SampleSource {
    private final DatasetIndex index;
    private final SampleMaker maker;

    /**
     * @param seed of the run
     * @param cache what may be kept of shards
     */
    public ShardSource(Storage storage, DatasetIndex index, long seed, CacheBudget cache) {
        this(storage, index, seed, cache, ShardSums.NONE);
    }

    /** The same, which also holds shards that it reads whole against {@code sums}. */
    public ShardSource(Storage storage, DatasetIndex index, long seed, CacheBudget cache, ShardSums sums) {
        this.index = index;
        this.maker = new SampleMaker(index, new ShardCache(storage, index, sums, cache), Decoder.standard(), seed);
    }

    /** Keeps up to {@code cacheBytes} in memory, and nothing on disk. */
    public ShardSource(Storage storage, DatasetIndex index, long seed, long cacheBytes) {
        this(storage, index, seed, CacheBudget.memory(cacheBytes));
    }

    @Override
    public DatasetIndex index() {
        return index;
    }

    /** Batches of no samples have images of no size. Fails with DATA, from take, where a shard or a sample is damaged. */
    @Override
    public BatchSource open(List<BatchRequest> requests, Transform transform, int threads) {
        return new PrefetchedBatches(requests, request -> maker.batch(request, transform), threads);
    }
}
