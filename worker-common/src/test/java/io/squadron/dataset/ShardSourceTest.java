package io.squadron.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.engine.Batch;
import io.squadron.engine.Images;
import io.squadron.failure.Failure;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.GaussianNoise;
import io.squadron.image.HorizontalFlip;
import io.squadron.image.Pictures;
import io.squadron.image.TrainingTransform;
import io.squadron.image.Transform;
import io.squadron.storage.ElsewhereFileSystem;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShardSourceTest {
    private static final Transform PLAIN = new EvaluationTransform(8, 8);
    private static final long ENOUGH = 1 << 20;

    @TempDir
    Path folder;

    private final Storage storage = Storage.of(Map.of());
    private String directory;
    private DatasetIndex index;

    @BeforeEach
    void twentyPicturesInThreeShards() {
        directory = folder.resolve("dataset").toString();
        index = SmallDataset.write(storage, directory, 20, 7);
    }

    @Test
    void batchesComeInOrderWithTheirOwnPixelsAndLabels() {
        // 0: every image by a range of its own; 20,000: the first shard fits, the others do not.
        for (long cache : new long[] {0, 20_000, ENOUGH}) {
            ShardSource source = new ShardSource(storage, index, 1, cache);
            List<BatchRequest> requests = IntStream.range(0, 10)
                    .mapToObj(i -> new BatchRequest(0, new int[] {19 - i, i}))
                    .toList();
            try (BatchSource batches = source.open(requests, PLAIN, 3)) {
                for (int i = 0; i < 10; i++) {
                    Batch batch = batches.take();
                    assertThat(batch.labels()).as("labels").containsExactly((19 - i) % 3, i % 3);
                    byte[] expected = Arrays.copyOf(Pictures.noise(8, 8, 19 - i).pixels(), 2 * 192);
                    System.arraycopy(Pictures.noise(8, 8, i).pixels(), 0, expected, 192, 192);
                    assertThat(images(batch).values())
                            .as("pixels with a cache of %d", cache)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aSamplesAugmentationDependsOnEpochAndSeedButNotOnBatchOrThreads() {
        Transform noisy = new TrainingTransform(List.of(new HorizontalFlip(0.5), new GaussianNoise(20)), 8);
        Map<Integer, byte[]> alone = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            alone.put(i, only(1, new BatchRequest(4, new int[] {i}), noisy));
        }
        int[] all = IntStream.range(0, 20).toArray();
        byte[] together = only(1, new BatchRequest(4, all), noisy);
        for (int i = 0; i < 20; i++) {
            assertThat(Arrays.copyOfRange(together, i * 192, (i + 1) * 192))
                    .as("sample %d", i)
                    .isEqualTo(alone.get(i));
        }
        assertThat(only(1, new BatchRequest(5, all), noisy)).as("another epoch").isNotEqualTo(together);
        assertThat(only(2, new BatchRequest(4, all), noisy)).as("another seed").isNotEqualTo(together);
    }

    @Test
    void aMixtureDoesNotDependOnWhereTheBatchIsCut() {
        Transform noisy = new TrainingTransform(List.of(new HorizontalFlip(0.5), new GaussianNoise(20)), 8);
        Mixing mixing = new Mixing(0.4, 1, 0.9);
        byte[] whole = only(1, pairs(mixing, 0, 20), noisy);
        for (int cut = 1; cut < 20; cut++) {
            byte[] first = only(1, pairs(mixing, 0, cut), noisy);
            byte[] second = only(1, pairs(mixing, cut, 20), noisy);
            assertThat(Arrays.copyOf(whole, cut * 192)).as("first %d", cut).isEqualTo(first);
            assertThat(Arrays.copyOfRange(whole, cut * 192, 20 * 192))
                    .as("after %d", cut)
                    .isEqualTo(second);
        }
        assertThat(whole).as("mixed").isNotEqualTo(only(1, pairs(Mixing.NONE, 0, 20), noisy));
    }

    /** Samples {@code first} to {@code end}, 2k and 2k + 1 each other's mates. */
    private static BatchRequest pairs(Mixing mixing, int first, int end) {
        int[] samples = IntStream.range(first, end).toArray();
        int[] mates = IntStream.range(first, end).map(each -> each ^ 1).toArray();
        long[] numbers = IntStream.range(first, end).mapToLong(each -> each / 2).toArray();
        int[] none = new int[samples.length];
        return new BatchRequest(4, samples, none, new BatchRequest.Mates(mixing, mates, none, numbers));
    }

    @Test
    void aShardFromElsewhereIsCopiedToTheDiskOnceAndLeavesNoFile() {
        Storage elsewhere = Storage.of(Map.of("fs.elsewhere.impl", ElsewhereFileSystem.class.getName()));
        DatasetIndex remote = SmallDataset.at(index, "elsewhere://" + directory);
        ElsewhereFileSystem.OPENED.set(0);
        ShardSource source = new ShardSource(elsewhere, remote, 1, new CacheBudget(20_000, 1 << 20));
        byte[] first = images(take(source)).values();
        int opened = ElsewhereFileSystem.OPENED.get();
        assertThat(images(take(source)).values()).as("read again").isEqualTo(first);
        assertThat(first).as("pixels").isEqualTo(only(1, request(), PLAIN));
        assertThat(opened).as("one read of each of three shards").isEqualTo(3);
        assertThat(ElsewhereFileSystem.OPENED.get())
                .as("reads after the second time")
                .isEqualTo(opened);
        assertThat(Path.of(System.getProperty("java.io.tmpdir"))
                        .toFile()
                        .list((at, name) -> name.startsWith("squadron-shard")))
                .as("files left")
                .isEmpty();
    }

    private static BatchRequest request() {
        return new BatchRequest(0, IntStream.range(0, 20).toArray());
    }

    private static Batch take(ShardSource source) {
        try (BatchSource batches = source.open(List.of(request()), PLAIN, 1)) {
            return batches.take();
        }
    }

    @Test
    void aBatchOfNoSamplesIsEmpty() {
        ShardSource source = new ShardSource(storage, index, 1, ENOUGH);
        try (BatchSource batches = source.open(List.of(new BatchRequest(0, new int[0])), PLAIN, 1)) {
            assertThat(batches.take().count()).as("samples").isZero();
        }
    }

    @Test
    void aDamagedSampleIsNamedWithShardAndRemedy() {
        String uri = Storage.child(directory, SmallDataset.name(1));
        byte[] shard = storage.read(uri);
        shard[(int) index.offsets()[8] + 40] ^= 1;
        storage.replace(uri, shard);
        for (long cache : new long[] {0, ENOUGH}) {
            Failure failure = failure(cache, 8);
            assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
            assertThat(failure)
                    .as("failure")
                    .hasMessageContaining("%016x".formatted(1008))
                    .hasMessageContaining(uri)
                    .hasMessageContaining("squadron prepare");
        }
    }

    @Test
    void aShortOrMissingShardIsNamed() {
        String uri = Storage.child(directory, SmallDataset.name(2));
        storage.replace(uri, Arrays.copyOf(storage.read(uri), 2000));
        assertThat(failure(0, 19)).as("read by ranges").hasMessageContaining(uri);
        assertThat(failure(ENOUGH, 19)).as("read whole").hasMessageContaining(uri);
        storage.delete(uri);
        Failure missing = failure(ENOUGH, 19);
        assertThat(missing.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(missing).as("missing").hasMessageContaining(uri).hasMessageContaining("does not exist");
    }

    @Test
    void closingEarlyStopsTheThreads() throws InterruptedException {
        ShardSource source = new ShardSource(storage, index, 1, ENOUGH);
        List<BatchRequest> many = IntStream.range(0, 1000)
                .mapToObj(i -> new BatchRequest(0, IntStream.range(0, 20).toArray()))
                .toList();
        BatchSource batches = source.open(many, PLAIN, 2);
        assertThat(batches.take().count()).as("samples of the first batch").isEqualTo(20);
        batches.close();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("squadron-batches")) {
                thread.join(10_000); // its work has ended; the thread itself takes a moment more
                assertThat(thread.isAlive()).as("a thread that reads on").isFalse();
            }
        }
    }

    private byte[] only(long seed, BatchRequest request, Transform transform) {
        ShardSource source = new ShardSource(storage, index, seed, ENOUGH);
        try (BatchSource batches = source.open(List.of(request), transform, 2)) {
            return images(batches.take()).values();
        }
    }

    private Failure failure(long cache, int sample) {
        ShardSource source = new ShardSource(storage, index, 1, cache);
        try (BatchSource batches = source.open(List.of(new BatchRequest(0, new int[] {sample})), PLAIN, 1)) {
            Failure failure = catchThrowableOfType(Failure.class, batches::take);
            assertThat(failure).as("failure").isNotNull();
            return failure;
        }
    }

    private static Images.Bytes images(Batch batch) {
        return (Images.Bytes) batch.images();
    }
}
