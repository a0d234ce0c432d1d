package io.squadron.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFilesTest {
    @TempDir
    Path folder;

    private final Storage storage = Storage.of(Map.of());

    @Test
    void comesBackAsItWasWritten() {
        DatasetDescription description = description();
        DatasetFiles.write(storage, folder.toString(), description);
        assertThat(DatasetFiles.read(storage, folder.toString()))
                .as("read back")
                .isEqualTo(description);
    }

    @Test
    void aDirectoryWithoutADescriptionIsNoDataset() {
        Failure failure = catchThrowableOfType(Failure.class, () -> DatasetFiles.read(storage, folder.toString()));
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(failure).as("failure").hasMessageContaining("squadron prepare");
    }

    @Test
    void damageIsNamed() {
        DatasetFiles.write(storage, folder.toString(), description());
        String uri = Storage.child(folder.toString(), DatasetFiles.DESCRIPTION);
        String text = new String(storage.read(uri), UTF_8);
        expectAfter(uri, text.replace("squadron-dataset", "other"), "its format is 'other'");
        expectAfter(uri, text.replace("\"version\" : 1", "\"version\" : 2"), "it has version 2 (expected 1)");
        expectAfter(uri, text.replace("\"sha256\"", "\"sha\""), "it lacks /sha256");
        expectAfter(uri, text.substring(0, text.length() / 2), "it is no JSON");
    }

    @Test
    void theFingerprintSeesLabelsButNotThePlace() {
        DatasetIndex index = SmallDataset.write(storage, folder.resolve("a").toString(), 5, 2);
        DatasetIndex elsewhere = SmallDataset.write(storage, folder.resolve("b").toString(), 5, 2);
        assertThat(Fingerprint.of(elsewhere)).as("same samples elsewhere").isEqualTo(Fingerprint.of(index));
        elsewhere.labels()[3] = 1;
        assertThat(Fingerprint.of(elsewhere)).as("another label").isNotEqualTo(Fingerprint.of(index));
    }

    private void expectAfter(String uri, String text, String message) {
        storage.replace(uri, text.getBytes(UTF_8));
        Failure failure = catchThrowableOfType(Failure.class, () -> DatasetFiles.read(storage, folder.toString()));
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(failure).as("failure").hasMessageContaining(message).hasMessageContaining("Prepare the dataset");
    }

    private static DatasetDescription description() {
        return new DatasetDescription(
                List.of("cat", "dog"),
                Map.of(Split.TRAIN, 7, Split.VALIDATION, 0, Split.TEST, 3),
                new ChannelStatistics(3, List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6000000001)),
                List.of(9L, 1L, 2L, 3L, 4L, 5L, 6L),
                List.of(new DatasetDescription.Shard("shards/train-00000.tar", 10240, "ab")),
                "cdef",
                new DatasetDescription.Provenance("hdfs://x/images", 7, "folders", 2, 1, 256, "hdfs://x/v1"));
    }
}
