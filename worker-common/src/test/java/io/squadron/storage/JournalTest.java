package io.squadron.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private final Storage storage = Storage.of(Map.of());

    @TempDir
    private Path directory;

    @Test
    void itGrowsWhereAReaderHasItOpen() throws IOException {
        Path file = directory.resolve("events");
        try (Journal journal = storage.journal(file.toString())) {
            journal.append(bytes("one "));
            assertThat(file).as("after a piece").hasContent("one ");
            journal.append(bytes("two"));
            assertThat(file).as("after another").hasContent("one two");
        }
        assertThat(file).as("closed").hasContent("one two");
    }

    @Test
    void itIsWrittenAnewWhereNothingCanBeShownBeforeTheEnd() throws IOException {
        Path file = directory.resolve("events");
        try (FSDataOutputStream begun =
                        new FSDataOutputStream(new ByteArrayOutputStream(), new FileSystem.Statistics("none"));
                Journal journal = Journal.open(storage, file.toString(), begun, new LocalFileSystem())) {
            journal.append(bytes("one "));
            assertThat(file).as("after a piece").hasContent("one ");
            journal.append(bytes("two"));
            assertThat(file).as("after another").hasContent("one two");
        }
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).as("no drafts beside it").hasSize(1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
