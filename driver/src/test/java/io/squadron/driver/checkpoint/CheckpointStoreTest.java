package io.squadron.driver.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.driver.training.LocalRoundRunner;
import io.squadron.driver.training.RoundRunner;
import io.squadron.driver.training.TrainingRig;
import io.squadron.failure.Failure;
import io.squadron.replica.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged checkpoints are skipped by name, never loaded. */
class CheckpointStoreTest {
    @TempDir
    private Path directory;

    private TrainingRig rig;

    @BeforeEach
    void trainTwoCheckpoints() {
        rig = TrainingRig.exact(directory.toString(), 1, 12, 4, 2);
        try (RoundRunner runner = new LocalRoundRunner(rig.job(), event -> {})) {
            rig.loop(runner, new Origin.Fresh()).run(rig.summary(0));
        }
    }

    @Test
    void theManifestKeepsEverything() {
        Checkpoint latest = found().checkpoint();

        assertThat(latest.state().step()).isEqualTo(6);
        assertThat(latest.place()).isEqualTo(new Checkpoint.Place(5, 2, 0, 11));
        assertThat(latest.model()).isEqualTo(rig.facts());
        assertThat(latest.vectors()).containsExactly("weights", "optimiser.momentum");
        assertThat(latest.configuration()).isEqualTo("test = true");
        assertThat(latest.datasetFingerprint()).isEqualTo("memory5");
        assertThat(latest.metrics()).containsKeys("loss", "accuracy");
        assertThat(latest.provenance()).containsEntry("made-by", "a test");
    }

    @Test
    void aPartWithOneOtherByteIsSkippedByNameAndTheOneBeforeIsUsed() throws IOException {
        flipByte(part("step-000000000006"), 1711);

        LatestCheckpoint.Found found = found();

        assertThat(found.checkpoint().state().step()).isEqualTo(4);
        assertThat(found.skipped()).singleElement().asString().contains("step-000000000006", "SHA-256", "damaged");
    }

    @Test
    void aManifestWithOneOtherByteIsSkippedByName() throws IOException {
        Path manifest = checkpoints().resolve("step-000000000006/checkpoint.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("\"updates\" : 6", "\"updates\" : 7"));

        assertThat(found().skipped()).singleElement().asString().contains("step-000000000006", "checksum");
    }

    @Test
    void aTruncatedPartIsSkippedByName() throws IOException {
        Path part = part("step-000000000006");
        Files.write(part, java.util.Arrays.copyOf(Files.readAllBytes(part), 1000));

        assertThat(found().skipped()).singleElement().asString().contains("1000 bytes");
    }

    @Test
    void whereAllAreDamagedNoneIsUsedAndAllAreNamed() throws IOException {
        flipByte(part("step-000000000004"), 700);
        flipByte(part("step-000000000006"), 700);

        LatestCheckpoint latest = rig.store().latest();

        assertThat(latest).isInstanceOf(LatestCheckpoint.NoCheckpoint.class);
        assertThat(latest.skipped()).hasSize(2);
        assertThat(rig.store().isEmpty()).as("something was committed").isFalse();
    }

    @Test
    void whatWasNeverCommittedDoesNotCount() throws IOException {
        Files.delete(checkpoints().resolve("step-000000000006/checkpoint.json"));

        assertThat(found().checkpoint().state().step()).isEqualTo(4);
        assertThat(found().skipped()).singleElement().asString().contains("never committed");
    }

    @Test
    void namingADamagedOneIsAnError() throws IOException {
        flipByte(part("step-000000000006"), 99);

        assertThatThrownBy(() -> rig.store().load(rig.store().directory(6)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("damaged")
                .extracting(e -> ((Failure) e).kind())
                .isEqualTo(Failure.Kind.STATE);
    }

    @Test
    void retentionKeepsTheNewestAndTheBest() throws IOException {
        rig.store().retain(1);

        List<String> left = names();
        assertThat(left).contains("step-000000000006").hasSizeLessThanOrEqualTo(2);
        assertThat(found().skipped()).isEmpty();
    }

    private LatestCheckpoint.Found found() {
        return (LatestCheckpoint.Found) rig.store().latest();
    }

    private Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    private Path part(String name) throws IOException {
        try (Stream<Path> files = Files.list(checkpoints().resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".sqd"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(checkpoints())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void flipByte(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
