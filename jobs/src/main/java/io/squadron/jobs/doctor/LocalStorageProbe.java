package io.squadron.jobs.doctor;

import io.squadron.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The local disk, without Hadoop: file: URIs and plain paths. */
public final class LocalStorageProbe implements StorageProbe {
    /** An action on files that may fail. */
    private interface Action<T> {
        T run() throws IOException;
    }

    @Override
    public void write(String uri, byte[] content) {
        attempt(() -> {
            Path path = path(uri);
            Files.createDirectories(path.toAbsolutePath().getParent());
            return Files.write(path, content);
        });
    }

    @Override
    public void rename(String from, String to) {
        attempt(() -> Files.move(path(from), path(to)));
    }

    @Override
    public byte[] read(String uri) {
        return attempt(() -> Files.readAllBytes(path(uri)));
    }

    @Override
    public void delete(String uri) {
        for (Path path : attempt(() -> below(path(uri)))) {
            attempt(() -> Files.deleteIfExists(path));
        }
    }

    private static List<Path> below(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static Path path(String uri) {
        if (uri.startsWith("file:")) {
            return Path.of(URI.create(uri).getPath());
        }
        if (uri.matches("[a-z][a-z0-9+.-]+:.*")) {
            throw Failure.resources("Cannot probe %s: this probe knows local disks alone (expected file:)", uri);
        }
        return Path.of(uri);
    }

    private static <T> T attempt(Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
