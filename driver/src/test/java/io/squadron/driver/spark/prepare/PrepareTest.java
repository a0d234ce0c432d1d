package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Fingerprint;
import io.squadron.dataset.ShardSource;
import io.squadron.dataset.Split;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.driver.spark.prepare.PrepareSettings.HeldOut;
import io.squadron.engine.Batch;
import io.squadron.image.Decoder;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Image;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareTest {
    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();
    private final Storage storage = Storage.of(Map.of());
    private String images;
    private String out;

    @BeforeEach
    void places() {
        images = folder.resolve("images").toString();
        out = folder.resolve("dataset").toString();
    }

    private PrepareSettings settings() {
        return PrepareSettings.of(images, out).withLimits(new PrepareLimits(0.01, 1_000_000, 20_000));
    }

    @Test
    void everySampleIsThereOnceWithItsLabelAndItsOriginalBytes() {
        ImageFolders.write(storage, images, 30, "cat", "dog", "emu");
        DatasetDescription description = Prepare.run(spark, settings());
        DatasetIndex index = DatasetIndexes.load(spark, out);
        assertThat(index.size()).as("samples").isEqualTo(90);
        assertThat(index.classes()).as("classes").containsExactly("cat", "dog", "emu");
        assertThat(index.shardNames()).as("shards").hasSizeGreaterThan(5);
        assertThat(index.fingerprint()).as("fingerprint").isEqualTo(description.fingerprint());
        Set<Long> ids = new TreeSet<>();
        Map<Object, Row> rows = new java.util.HashMap<>();
        Manifests.rows(spark, out).forEach(row -> rows.put(row.getLong(0), row));
        for (int i = 0; i < index.size(); i++) {
            ids.add(index.ids()[i]);
            String source = rows.get(index.ids()[i]).getString(8);
            assertThat(source).as("source").startsWith(index.classes().get(index.labels()[i]) + "/");
            String shard = Storage.child(out, index.shardNames().get(index.shards()[i]));
            assertThat(storage.readRange(shard, index.offsets()[i], index.lengths()[i]))
                    .as("bytes of %s", source)
                    .isEqualTo(storage.read(Storage.child(images, source)));
        }
        assertThat(ids).as("ids").hasSize(90);
        for (DatasetDescription.Shard shard : description.shards()) {
            byte[] bytes = storage.read(Storage.child(out, shard.name()));
            assertThat(bytes.length).as("length of %s", shard.name()).isEqualTo((int) shard.length());
            assertThat(Checksum.sha256(bytes)).as("checksum").isEqualTo(shard.sha256());
        }
    }

    @Test
    void statisticsAreThoseOfTheTrainingPixels() {
        ImageFolders.write(storage, images, 20, "a", "b");
        DatasetDescription description = Prepare.run(spark, settings());
        DatasetIndex index = DatasetIndexes.load(spark, out);
        int[] training = index.positions(Split.TRAIN);
        List<Double> reds = new ArrayList<>();
        for (int position : training) {
            String shard = Storage.child(out, index.shardNames().get(index.shards()[position]));
            byte[] file = storage.readRange(shard, index.offsets()[position], index.lengths()[position]);
            Image image = Decoder.standard().decode(file);
            for (int i = 0; i < 30; i++) {
                reds.add(image.at(i / 5, i % 5, 0) / 255.0);
            }
        }
        double mean = reds.stream().mapToDouble(x -> x).average().orElseThrow();
        double variance = reds.stream()
                .mapToDouble(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        // Two float64 sums of about a thousand terms.
        assertThat(description.statistics().mean().get(0)).as("mean").isCloseTo(mean, within(1e-12));
        assertThat(description.statistics().deviation().get(0))
                .as("deviation")
                .isCloseTo(Math.sqrt(variance), within(1e-12));
        assertThat(description.counts().get(Split.TRAIN)).as("training samples").isEqualTo(training.length);
    }

    @Test
    void preparingTwiceGivesTheSameBytes() {
        ImageFolders.write(storage, images, 15, "a", "b");
        DatasetDescription first = Prepare.run(spark, settings());
        PrepareSettings again = new PrepareSettings(
                images,
                out + "-2",
                settings().heldOut(),
                settings().limits(),
                settings().seed());
        DatasetDescription second = Prepare.run(spark, again);
        assertThat(second).as("descriptions, checksums of the shards included").isEqualTo(first);
    }

    @Test
    void heldOutImagesStayHeldOutWhenOthersCome() {
        ImageFolders.write(storage, images, 40, "a", "b");
        Prepare.run(spark, settings());
        Map<String, String> before = splits(out);
        ImageFolders.write(storage, images, 40, "c");
        PrepareSettings again = new PrepareSettings(
                images,
                out + "-2",
                settings().heldOut(),
                settings().limits(),
                settings().seed());
        Prepare.run(spark, again);
        assertThat(splits(out + "-2")).as("splits").containsAllEntriesOf(before);
        assertThat(before.values()).as("splits").contains("train", "validation", "test");
    }

    @Test
    void givenFoldersAreObeyedAndOnlyTheMissingSplitIsDrawn() {
        ImageFolders.write(storage, images, 30, "train/a", "train/b", "test/a", "test/b");
        DatasetDescription description = Prepare.run(spark, settings().withHeldOut(new HeldOut(0.3, 0.3)));
        assertThat(description.counts().get(Split.TEST)).as("test samples").isEqualTo(60);
        assertThat(description.counts().get(Split.VALIDATION))
                .as("validation samples")
                .isBetween(8, 30);
        splits(out)
                .forEach((source, split) -> assertThat(source.startsWith("test/"))
                        .as("%s is in %s", source, split)
                        .isEqualTo(split.equals("test")));
    }

    @Test
    void copiesGetIdsOfTheirOwnAndStayInOneSplit() {
        ImageFolders.write(storage, images, 10, "a", "b");
        for (int i = 0; i < 5; i++) {
            storage.publish(
                    Storage.child(images, "a/copy" + i + ".png"), storage.read(Storage.child(images, "a/0003.png")));
        }
        Prepare.run(spark, settings());
        DatasetIndex index = DatasetIndexes.load(spark, out);
        assertThat(index.ids()).as("ids").hasSize(25).doesNotHaveDuplicates();
        Map<String, String> splits = splits(out);
        assertThat(IntStream.range(0, 5).mapToObj(i -> splits.get("a/copy" + i + ".png")))
                .as("splits of the copies")
                .containsOnly(splits.get("a/0003.png"));
    }

    @Test
    void damagedImagesAreListedAndLeftOut() {
        ImageFolders.write(storage, images, 20, "a", "b");
        byte[] whole = storage.read(Storage.child(images, "a/0000.png"));
        storage.publish(Storage.child(images, "a/text.jpg"), "not an image".getBytes(UTF_8));
        storage.publish(Storage.child(images, "b/cut.png"), java.util.Arrays.copyOf(whole, whole.length / 2));
        storage.publish(Storage.child(images, "b/bomb.png"), io.squadron.image.Pictures.bomb(30_000, 30_000));
        storage.publish(Storage.child(images, "b/notes.txt"), new byte[3]);
        storage.publish(Storage.child(images, "b/.hidden.png"), new byte[3]);
        storage.publish(Storage.child(images, "_SUCCESS"), new byte[0]);
        DatasetDescription description =
                Prepare.run(spark, settings().withLimits(new PrepareLimits(0.1, 1_000_000, 20_000)));
        assertThat(description.provenance().rejected()).as("rejected").isEqualTo(3);
        assertThat(DatasetIndexes.load(spark, out).size()).as("samples").isEqualTo(40);
        String rejects = new String(storage.read(Storage.child(out, "rejects.jsonl")), UTF_8);
        assertThat(rejects.lines())
                .as("rejects")
                .satisfiesExactly(
                        line -> assertThat(line).contains("a/text.jpg", "damaged", "expected a PNG"),
                        line -> assertThat(line).contains("b/bomb.png", "damaged", "30000 x 30000"),
                        line -> assertThat(line).contains("b/cut.png", "damaged", "cut short"),
                        line -> assertThat(line).contains("b/notes.txt", "ignored"));
    }

    @Test
    void batchesOfThePreparedDatasetBearTheRightLabels() {
        ImageFolders.write(storage, images, 10, "a", "b");
        Prepare.run(spark, settings());
        DatasetIndex index = DatasetIndexes.load(spark, out);
        assertThat(Fingerprint.of(index)).as("fingerprint").isEqualTo(index.fingerprint());
        int[] all = IntStream.range(0, index.size()).toArray();
        try (BatchSource batches = new ShardSource(storage, index, 0, 1 << 20)
                .open(List.of(new BatchRequest(0, all)), new EvaluationTransform(5, 5), 2)) {
            Batch batch = batches.take();
            assertThat(batch.labels()).as("labels").isEqualTo(index.labels());
        }
    }

    private Map<String, String> splits(String directory) {
        Map<String, String> found = new java.util.TreeMap<>();
        Manifests.rows(spark, directory).forEach(row -> found.put(row.getString(8), row.getString(2)));
        return found;
    }
}
