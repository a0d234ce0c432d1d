package io.squadron.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.squadron.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    @TempDir
    Path folder;

    private final Storage storage = Storage.of(Map.of());
    private String root;

    @BeforeEach
    void rootIsAUri() {
        root = folder.toUri().toString();
    }

    @Test
    void readsBackWhatWasPublishedWholeAndInRanges() {
        String uri = Storage.child(root, "a file.bin");
        storage.publish(uri, "0123456789".getBytes(UTF_8));
        assertThat(storage.read(uri)).as("whole").isEqualTo("0123456789".getBytes(UTF_8));
        assertThat(storage.readRange(uri, 3, 4)).as("range").isEqualTo("3456".getBytes(UTF_8));
        assertThat(storage.length(uri)).as("length").isEqualTo(10);
    }

    @Test
    void listsFilesAndDirectoriesByNameWithoutChecksumFiles() {
        storage.publish(Storage.child(root, "b"), new byte[2]);
        storage.publish(Storage.child(root, "a"), new byte[1]);
        storage.makeDirectories(Storage.child(root, "d/e"));
        assertThat(storage.list(root))
                .as("files")
                .extracting(StoredFile::name, StoredFile::length)
                .containsExactly(tuple("a", 1L), tuple("b", 2L));
        assertThat(storage.directories(root)).as("directories").isEqualTo(List.of("d"));
        assertThat(names()).as("everything on the disk").containsExactly("a", "b", "d");
    }

    @Test
    void ofManyWhoPublishTheSameNameAtOnceOneGetsIt() throws Exception {
        int contenders = 8;
        ExecutorService threads = Executors.newFixedThreadPool(contenders);
        try {
            for (int round = 0; round < 25; round++) {
                String uri = Storage.child(root, "round " + round);
                CyclicBarrier start = new CyclicBarrier(contenders);
                List<Callable<Boolean>> tries = Collections.nCopies(contenders, () -> {
                    start.await();
                    try {
                        storage.publish(uri, new byte[] {1});
                        return true;
                    } catch (Failure e) {
                        return e.kind() != Failure.Kind.STATE;
                    }
                });
                int published = 0;
                for (Future<Boolean> each : threads.invokeAll(tries)) {
                    published += each.get() ? 1 : 0;
                }
                assertThat(published).as("who published in round %d", round).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(names()).as("files left").hasSize(25);
    }

    @Test
    void publishRefusesATakenNameAndReplaceTakesIt() {
        String uri = Storage.child(root, "x");
        storage.publish(uri, new byte[] {1});
        Failure failure = failureOf(() -> storage.publish(uri, new byte[] {2}));
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.STATE);
        assertThat(storage.read(uri)).as("content after the refusal").containsExactly(1);
        storage.replace(uri, new byte[] {3});
        assertThat(storage.read(uri)).as("content after replacing").containsExactly(3);
        assertThat(names()).as("no temporary file is left").containsExactly("x");
    }

    @Test
    void aFullDiskIsNamedWithARemedyAndLeavesNothing() {
        String uri = Storage.child(root, "x");
        Failure failure = failureOf(() -> storage.publish(uri, out -> {
            out.write(new byte[100_000]);
            throw new IOException("No space left on device");
        }));
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.RESOURCES);
        assertThat(failure)
                .as("message")
                .hasMessageContaining(uri)
                .hasMessageContaining("no space left")
                .hasMessageContaining("Free some space");
        assertThat(names()).as("files left").isEmpty();
    }

    @Test
    void aReplacementThatFailsLeavesTheOldFileWhole() {
        String uri = Storage.child(root, "x");
        storage.publish(uri, new byte[] {1});
        failureOf(() -> storage.replace(uri, out -> {
            out.write(2);
            throw new IOException("the network went away");
        }));
        assertThat(storage.read(uri)).as("old content").containsExactly(1);
        assertThat(names()).as("files left").containsExactly("x");
    }

    @Test
    void aMissingPathIsNamed() {
        String uri = Storage.child(root, "absent");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> storage.read(uri),
                () -> storage.readRange(uri, 0, 1),
                () -> storage.length(uri),
                () -> storage.list(uri))) {
            Failure failure = failureOf(call);
            assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
            assertThat(failure).as("message").hasMessageContaining(uri).hasMessageContaining("does not exist");
        }
        assertThat(storage.exists(uri)).as("exists").isFalse();
        assertThat(storage.delete(uri)).as("deleted something").isFalse();
    }

    @Test
    void aRangeBeyondTheEndIsData() {
        String uri = Storage.child(root, "short");
        storage.publish(uri, new byte[5]);
        Failure failure = failureOf(() -> storage.readRange(uri, 3, 4));
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(failure).as("message").hasMessageContaining(uri).hasMessageContaining("ends too early");
    }

    @Test
    void anUnknownSchemeAndAnUnwritablePlaceAreToldApart() {
        assertThat(failureOf(() -> storage.read("gopher://host/x")).kind())
                .as("unknown scheme")
                .isEqualTo(Failure.Kind.USAGE);
        storage.publish(Storage.child(root, "file"), new byte[0]);
        Failure below = failureOf(() -> storage.publish(Storage.child(root, "file/below"), new byte[0]));
        assertThat(below.kind()).as("a directory that is a file").isEqualTo(Failure.Kind.STATE);
        assertThat(below).as("message").hasMessageContaining("a part of its path is a file");
    }

    @Test
    void travelsWithItsSettingsAndPrintsNoneOfThem() throws Exception {
        Storage secret = Storage.of(Map.of("fs.s3a.secret.key", "hunter2"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(secret);
        }
        Storage arrived;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            arrived = (Storage) in.readObject();
        }
        arrived.publish(Storage.child(root, "there"), new byte[] {7});
        assertThat(storage.read(Storage.child(root, "there")))
                .as("written there")
                .containsExactly(7);
        assertThat(arrived.toString()).as("printed").doesNotContain("hunter2").doesNotContain("secret");
    }

    @Test
    void checksumIsThatOfTheStandard() {
        assertThat(Checksum.sha256("abc".getBytes(UTF_8)))
                .as("FIPS 180-4, example of one block")
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    private static Failure failureOf(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).as("the failure").isNotNull();
        return failure;
    }

    private List<String> names() {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(each -> each.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
