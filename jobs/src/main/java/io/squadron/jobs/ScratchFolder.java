package io.squadron.jobs;

import io.squadron.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for what nobody needs afterwards; closing it deletes it with all that lies in it. */
record ScratchFolder(Path path) implements AutoCloseable {
    static ScratchFolder create(String name) {
        try {
            return new ScratchFolder(Files.createTempDirectory(name));
        } catch (IOException e) {
            throw Failure.resources("Cannot make a folder %s in the temporary one: %s", name, e)
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw Failure.resources("Cannot remove %s: %s", path, e).causedBy(e);
        }
    }
}
