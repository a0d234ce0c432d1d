package io.squadron.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.failure.Failure;
import io.squadron.image.EvaluationTransform;
import io.squadron.storage.ElsewhereFileSystem;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shards that were damaged or replaced after prepare are found out when they are read, wherever their bytes are kept. */
@Timeout(60)
class SpoiltShardTest {
    private static final int SAMPLE = 8;
    private static final int SHARD = 1;

    @TempDir
    Path folder;

    private final Storage storage = Storage.of(Map.of("fs.elsewhere.impl", ElsewhereFileSystem.class.getName()));
    private DatasetIndex index;
    private byte[] shard;

    @BeforeEach
    void twentyPicturesInThreeShards() {
        index = described("dataset", 20);
        shard = storage.read(uri());
    }

    @Test
    void shardsAsTheyWereWrittenAreRead() {
        for (CacheBudget cache : everywhere()) {
            try (BatchSource batches = source(cache, read(cache)).open(requests(), plain(), 1)) {
                assertThat(batches.take().labels()).as("labels with %s", cache).containsExactly(SAMPLE % 3);
            }
        }
    }

    @Test
    void aBitThatFlippedBehindTheImagesIsFoundOutWhereTheShardIsReadWhole() {
        shard[shard.length - 1] ^= 4;
        storage.replace(uri(), shard);
        for (CacheBudget cache : List.of(memory(), disk())) {
            assertNamed(failure(cache)).hasMessageContaining("its SHA-256 is");
        }
    }

    @Test
    void aBitThatFlippedInAHeaderIsFoundOutEverywhere() {
        shard[(int) index.offsets()[SAMPLE] - ShardEntry.BYTES + 3] ^= 1;
        storage.replace(uri(), shard);
        assertNamed(failure(none())).hasMessageContaining("the entry there is named");
        assertNamed(failure(memory())).hasMessageContaining("its SHA-256 is");
        assertNamed(failure(disk())).hasMessageContaining("its SHA-256 is");
    }

    @Test
    void aShardOfAnotherVersionIsFoundOutEverywhere() {
        DatasetIndex other = described("other", 27);
        byte[] replacement = storage.read(Storage.child(other.directory(), SmallDataset.name(SHARD + 1)));
        storage.replace(uri(), replacement);
        for (CacheBudget cache : everywhere()) {
            assertNamed(failure(cache));
        }
        assertThat(failure(none())).as("by its entry").hasMessageContaining("named");
    }

    @Test
    void aTruncatedShardIsFoundOutEverywhere() {
        storage.replace(uri(), Arrays.copyOf(shard, (int) index.offsets()[SAMPLE] + 10));
        for (CacheBudget cache : everywhere()) {
            assertNamed(failure(cache));
        }
    }

    @Test
    void anEntryWithAnotherLengthIsFoundOutByItsHeader() {
        int size = (int) index.offsets()[SAMPLE] - ShardEntry.BYTES + 124 + 10;
        shard[size] = (byte) (shard[size] == '0' ? '1' : '0');
        storage.replace(uri(), shard);
        assertNamed(failure(none())).hasMessageContaining("octal size");
    }

    @Test
    void aDatasetThatWasReplacedAsAWholeIsFoundOutWhenItIsOpened() {
        DatasetIndex before = SmallDataset.at(index, "elsewhere://" + index.directory());
        String description = Storage.child(index.directory(), DatasetFiles.DESCRIPTION);
        storage.delete(description);
        DatasetFiles.write(storage, index.directory(), SmallDataset.description(storage, index, "another"));
        Failure failure = catchThrowableOfType(Failure.class, new ShardSamples(storage, before, 77, memory())::open);
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(failure)
                .as("failure")
                .hasMessageContaining("fingerprint is another")
                .hasMessageContaining("replaced");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, Failure> assertNamed(Failure failure) {
        assertThat(failure).as("failure").isNotNull();
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        return assertThat(failure)
                .as("failure")
                .hasMessageContaining("%016x".formatted(1000 + SAMPLE))
                .hasMessageContaining(SmallDataset.name(SHARD))
                .hasMessageContaining("squadron prepare");
    }

    private Failure failure(CacheBudget cache) {
        try (BatchSource batches = source(cache, read(cache)).open(requests(), plain(), 1)) {
            return catchThrowableOfType(Failure.class, batches::take);
        }
    }

    /** Only what lies elsewhere is copied to the disk. */
    private DatasetIndex read(CacheBudget cache) {
        return cache.diskBytes() == 0 ? index : SmallDataset.at(index, "elsewhere://" + index.directory());
    }

    private ShardSource source(CacheBudget cache, DatasetIndex read) {
        return new ShardSource(storage, read, 1, cache, ShardSums.read(storage, read));
    }

    private DatasetIndex described(String name, int samples) {
        String directory = folder.resolve(name).toString();
        DatasetIndex written = SmallDataset.write(storage, directory, samples, 7);
        DatasetFiles.write(storage, directory, SmallDataset.description(storage, written, written.fingerprint()));
        return written;
    }

    private String uri() {
        return Storage.child(index.directory(), SmallDataset.name(SHARD));
    }

    private static List<BatchRequest> requests() {
        return List.of(new BatchRequest(0, IntStream.of(SAMPLE).toArray()));
    }

    private static EvaluationTransform plain() {
        return new EvaluationTransform(8, 8);
    }

    private static List<CacheBudget> everywhere() {
        return List.of(none(), memory(), disk());
    }

    /** Read by ranges. */
    private static CacheBudget none() {
        return CacheBudget.memory(0);
    }

    private static CacheBudget memory() {
        return CacheBudget.memory(1 << 20);
    }

    private static CacheBudget disk() {
        return new CacheBudget(0, 1 << 20);
    }
}
