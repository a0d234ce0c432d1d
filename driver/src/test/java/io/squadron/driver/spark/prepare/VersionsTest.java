package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.ShardSums;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.driver.spark.prepare.PrepareSettings.Choices;
import io.squadron.driver.spark.prepare.PrepareSettings.Duplicates;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Later versions of a dataset, and images that are there more than once. */
class VersionsTest {
    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();
    private final Storage storage = Storage.of(Map.of());

    @Test
    void aLaterVersionAddsWhatIsNewAndRewritesNothing() {
        ImageFolders.write(storage, at("images"), 20, "b", "c");
        DatasetDescription first = Prepare.run(spark, settings("v1"));
        List<StoredFile> before = storage.list(at("v1/shards"));
        DatasetIndex old = DatasetIndexes.load(spark, at("v1"));

        ImageFolders.write(storage, at("images"), 10, "unused", "d", "a");
        storage.delete(at("images/unused"));
        storage.delete(at("images/b/0003.png"));
        DatasetDescription second = Prepare.run(spark, adding("v2", "v1"));
        assertThat(second.classes()).as("classes, new ones behind").containsExactly("b", "c", "a", "d");
        assertThat(storage.list(at("v1/shards")))
                .as("shards of the first version")
                .isEqualTo(before);
        assertThat(second.shards().get(0).name()).as("an old shard").startsWith("../v1/shards/train-00000");
        assertThat(second.fingerprint()).as("fingerprint").isNotEqualTo(first.fingerprint());
        assertThat(second.provenance().base()).as("base").isEqualTo(at("v1"));

        DatasetIndex index = DatasetIndexes.load(spark, at("v2"));
        assertThat(index.size()).as("samples").isEqualTo(60);
        assertThat(Arrays.copyOf(index.ids(), old.size()))
                .as("old samples, where they were")
                .isEqualTo(old.ids());
        assertThat(Arrays.copyOf(index.splits(), old.size())).as("their splits").isEqualTo(old.splits());
        ShardSums sums = ShardSums.read(storage, at("v2"));
        index.shardNames().forEach(name -> sums.require(name, storage.read(Storage.child(at("v2"), name))));
        assertThat(text("v2/rejects.jsonl")).as("rejects").contains("b/0003.png", "absent", "stays in the dataset");
        assertThat(DatasetIndexes.load(spark, at("v1")).fingerprint())
                .as("the first version, loaded again")
                .isEqualTo(first.fingerprint());
    }

    @Test
    void aThirdVersionKnowsTheShardsOfTheFirstAndItsStatisticsAreThoseOfAllPixels() {
        ImageFolders.write(storage, at("images"), 12, "a", "b");
        Prepare.run(spark, settings("v1"));
        ImageFolders.write(storage, at("images"), 12, "x", "y", "c");
        storage.delete(at("images/x"));
        storage.delete(at("images/y"));
        Prepare.run(spark, adding("v2", "v1"));
        ImageFolders.write(storage, at("images"), 12, "x", "y", "z", "d");
        List.of("x", "y", "z").forEach(each -> storage.delete(at("images/" + each)));
        DatasetDescription third = Prepare.run(spark, adding("below/v3", "v2"));
        DatasetDescription whole = Prepare.run(spark, settings("whole"));
        assertThat(third.shards()).as("shards").anyMatch(each -> each.name().contains("/v1/shards/"));
        assertThat(third.pixelSums()).as("sums over the training pixels").isEqualTo(whole.pixelSums());
        for (int channel = 0; channel < 3; channel++) {
            assertThat(third.statistics().mean().get(channel))
                    .as("mean")
                    .isCloseTo(whole.statistics().mean().get(channel), within(1e-9));
        }
        assertThat(third.counts()).as("counts").isEqualTo(whole.counts());
        assertThat(DatasetIndexes.load(spark, at("below/v3")).size())
                .as("samples")
                .isEqualTo(48);
    }

    @Test
    void aShardOfAnEarlierVersionThatIsGoneIsNamed() {
        ImageFolders.write(storage, at("images"), 12, "a", "b");
        Prepare.run(spark, settings("v1"));
        ImageFolders.write(storage, at("images"), 20, "unused", "unused too", "c");
        List.of("unused", "unused too").forEach(each -> storage.delete(at("images/" + each)));
        Prepare.run(spark, adding("v2", "v1"));
        storage.delete(at("v1"));
        Failure failure = catchThrowableOfType(Failure.class, () -> DatasetIndexes.load(spark, at("v2")));
        assertThat(failure).as("failure").hasMessageContaining("shard ../v1/shards/train-00000.tar is missing");
    }

    @Test
    void aShardThatWasReplacedByAnotherIsFoundOutWhenItIsReadWhole() {
        ImageFolders.write(storage, at("images"), 12, "a", "b");
        DatasetDescription description = Prepare.run(spark, settings("v1"));
        String name = description.shards().get(0).name();
        byte[] bytes = storage.read(at("v1/" + name));
        bytes[600] ^= 1;
        Failure failure = catchThrowableOfType(
                Failure.class, () -> ShardSums.read(storage, at("v1")).require(name, bytes));
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(failure).as("failure").hasMessageContaining(name).hasMessageContaining("its SHA-256 is");
    }

    @Test
    void duplicatesAcrossSplitsAndClassesAreReportedDroppedOrRefused() {
        ImageFolders.write(storage, at("images"), 10, "train/a", "train/b");
        ImageFolders.write(storage, at("images"), 3, "x", "y", "test/a", "test/b");
        List.of("x", "y").forEach(each -> storage.delete(at("images/" + each)));
        copy("train/a/0001.png", "test/a/leak.png");
        copy("train/a/0002.png", "train/b/other.png");
        copy("train/a/0004.png", "train/a/copy.png");

        DatasetDescription reported = Prepare.run(spark, settings("report"));
        assertThat(reported.provenance().duplicates()).as("in several places").isEqualTo(2);
        assertThat(text("report/rejects.jsonl").lines())
                .as("rejects")
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("train/a/0001.png", "duplicate", "the same image as test/a/leak.png (test"),
                        line -> assertThat(line).contains("train/b/other.png", "train/a/0002.png"));

        Prepare.run(spark, settings("drop").withChoices(Choices.standard().withDuplicates(Duplicates.DROP)));
        assertThat(sources("drop"))
                .as("what is left")
                .hasSize(26)
                .doesNotContainKeys("train/a/0001.png", "train/b/other.png", "train/a/copy.png")
                .containsKeys("test/a/leak.png", "train/a/0002.png", "train/a/0004.png");

        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> Prepare.run(
                        spark, settings("fail").withChoices(Choices.standard().withDuplicates(Duplicates.FAIL))));
        assertThat(failure).as("failure").hasMessageContaining("2 images are there in two splits or two classes");
    }

    private Map<String, String> sources(String out) {
        Map<String, String> found = new TreeMap<>();
        Manifests.rows(spark, at(out)).forEach(row -> found.put(row.getString(8), row.getString(2)));
        return found;
    }

    private void copy(String from, String to) {
        storage.publish(at("images/" + to), storage.read(at("images/" + from)));
    }

    private PrepareSettings settings(String out) {
        return PrepareSettings.of(at("images"), at(out)).withLimits(new PrepareLimits(0.01, 1_000_000, 20_000));
    }

    private PrepareSettings adding(String out, String base) {
        return settings(out).withChoices(Choices.standard().withBase(at(base)));
    }

    private String text(String name) {
        return new String(storage.read(at(name)), UTF_8);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void nothingIsLeftOfTheWorkWhenItIsDone() {
        ImageFolders.write(storage, at("images"), 12, "a", "b");
        Prepare.run(spark, settings("v1"));
        assertThat(storage.directories(at("v1")))
                .as("directories")
                .doesNotContain(DatasetFiles.WORK)
                .contains("shards");
    }
}
