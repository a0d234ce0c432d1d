package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.driver.spark.prepare.PrepareSettings.HeldOut;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareFailureTest {
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

    @Test
    void aMissingDirectoryIsNamed() {
        assertThat(failure(Failure.Kind.DATA)).hasMessageContaining(images).hasMessageContaining("does not exist");
    }

    @Test
    void aDirectoryWithoutClassFoldersIsRefused() {
        storage.publish(Storage.child(images, "loose.png"), new byte[1]);
        assertThat(failure(Failure.Kind.DATA)).hasMessageContaining("no class folder");
    }

    @Test
    void anEmptyClassIsNamed() {
        ImageFolders.write(storage, images, 2, "cat", "dog");
        storage.makeDirectories(Storage.child(images, "emu"));
        assertThat(failure(Failure.Kind.DATA)).hasMessageContaining("'emu' holds no image");
    }

    @Test
    void oneClassIsNotEnough() {
        ImageFolders.write(storage, images, 2, "cat");
        assertThat(failure(Failure.Kind.DATA)).hasMessageContaining("one class only, 'cat'");
    }

    @Test
    void aTestClassThatIsNotTrainedIsNamed() {
        ImageFolders.write(storage, images, 2, "train/a", "train/b", "test/c");
        assertThat(failure(Failure.Kind.DATA)).hasMessageContaining("'test/c' has no counterpart in train");
    }

    @Test
    void tooManyDamagedImagesStopTheJobAndLeaveTheirListAndWhatWasFoundOut() {
        ImageFolders.write(storage, images, 10, "a", "b");
        storage.publish(Storage.child(images, "a/text.jpg"), "no image".getBytes(UTF_8));
        assertThat(failure(Failure.Kind.DATA))
                .hasMessageContaining("1 of 21 images are damaged")
                .hasMessageContaining("a/text.jpg")
                .hasMessageContaining("rejects.jsonl");
        assertThat(storage.list(out))
                .as("what is left")
                .singleElement()
                .satisfies(file -> assertThat(file.name()).isEqualTo(DatasetFiles.REJECTS));
        assertThat(storage.directories(out)).as("directories left").containsExactly(DatasetFiles.WORK);
    }

    @Test
    void aClassOfWhichNothingIsUsableIsNamed() {
        ImageFolders.write(storage, images, 10, "a", "b");
        storage.publish(Storage.child(images, "c/text.jpg"), "no image".getBytes(UTF_8));
        PrepareSettings lenient = PrepareSettings.of(images, out).withLimits(new PrepareLimits(0.5, 1000, 1000));
        Failure failure = catchThrowableOfType(Failure.class, () -> Prepare.run(spark, lenient));
        assertThat(failure).as("failure").hasMessageContaining("class 'c' has no usable image");
    }

    @Test
    void aDatasetIsNotOverwrittenButWhatIsLeftOfAFailedTryIs() {
        ImageFolders.write(storage, images, 10, "a", "b");
        storage.publish(Storage.child(out, "shards/train-00099.tar"), new byte[10]);
        storage.publish(Storage.child(out, "manifest.parquet/part-0"), new byte[10]);
        storage.publish(Storage.child(out, "my-notes.txt"), new byte[10]);
        Prepare.run(spark, settings());
        assertThat(storage.exists(Storage.child(out, "shards/train-00099.tar")))
                .as("an old shard is there")
                .isFalse();
        assertThat(storage.exists(Storage.child(out, "my-notes.txt")))
                .as("what is not ours stays")
                .isTrue();
        byte[] description = storage.read(Storage.child(out, DatasetFiles.DESCRIPTION));
        assertThat(failure(Failure.Kind.STATE)).hasMessageContaining("there is a dataset already");
        assertThat(storage.read(Storage.child(out, DatasetFiles.DESCRIPTION)))
                .as("the description")
                .isEqualTo(description);
        assertThat(DatasetIndexes.load(spark, out).size()).as("samples").isEqualTo(20);
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() {
        ImageFolders.write(storage, images, 10, "a", "b");
        storage.publish(folder.resolve("file").toString(), new byte[1]);
        out = folder.resolve("file").resolve("below").toString();
        assertThat(failure(Failure.Kind.STATE)).hasMessageContaining(out);
    }

    @Test
    void aDamagedDatasetIsNotLoaded() {
        ImageFolders.write(storage, images, 10, "a", "b");
        Prepare.run(spark, settings());
        DatasetIndex index = DatasetIndexes.load(spark, out);
        String description = Storage.child(out, DatasetFiles.DESCRIPTION);
        byte[] text = storage.read(description);
        storage.replace(
                description,
                new String(text, UTF_8)
                        .replace(index.fingerprint(), "0".repeat(64))
                        .getBytes(UTF_8));
        assertThat(loadFailure()).hasMessageContaining("does not match the fingerprint");
        storage.replace(description, text);
        String shard = Storage.child(out, index.shardNames().get(0));
        byte[] bytes = storage.read(shard);
        storage.replace(shard, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(loadFailure())
                .hasMessageContaining(index.shardNames().get(0))
                .hasMessageContaining("expected");
        storage.delete(shard);
        assertThat(loadFailure()).hasMessageContaining(index.shardNames().get(0) + " is missing");
        storage.delete(description);
        assertThat(loadFailure()).hasMessageContaining("it has no dataset.json");
    }

    private PrepareSettings settings() {
        return PrepareSettings.of(images, out).withHeldOut(new HeldOut(0.1, 0));
    }

    /** What preparing fails with; nothing that a later start would trust may be left. */
    private Failure failure(Failure.Kind kind) {
        boolean before = exists();
        Failure failure = catchThrowableOfType(Failure.class, () -> Prepare.run(spark, settings()));
        assertThat(failure).as("failure").isNotNull();
        assertThat(failure.kind()).as("kind of: %s", failure).isEqualTo(kind);
        assertThat(exists()).as("a dataset is there").isEqualTo(before);
        return failure;
    }

    private boolean exists() {
        return storage.exists(Storage.child(out, DatasetFiles.DESCRIPTION));
    }

    private Failure loadFailure() {
        Failure failure = catchThrowableOfType(Failure.class, () -> DatasetIndexes.load(spark, out));
        assertThat(failure).as("failure").isNotNull();
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        return failure;
    }
}
