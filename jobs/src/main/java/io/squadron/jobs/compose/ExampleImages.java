package io.squadron.jobs.compose;

import io.squadron.failure.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The archive of example images. */
record ExampleImages(Path archive) {
    /** Unpacks into {@code target}, which appears whole or not at all; does nothing where it is there. */
    boolean unpack(Path target) {
        if (Files.isDirectory(target)) {
            return false;
        }
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            Path draft = Files.createTempDirectory(target.toAbsolutePath().getParent(), ".images");
            extract(draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw Failure.resources(
                            "Cannot unpack %s into %s: %s. Check that the archive is there and the disk has room",
                            archive, target, e)
                    .causedBy(e);
        }
    }

    private void extract(Path draft) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextTarEntry(); entry != null; entry = tar.getNextTarEntry()) {
                Path file = draft.resolve(entry.getName()).normalize();
                if (!file.startsWith(draft)) {
                    throw Failure.data("Cannot unpack %s: its entry '%s' leads outside", archive, entry.getName());
                }
                Files.createDirectories(file.getParent());
                Files.copy(tar, file);
            }
        }
    }
}
