package io.squadron.driver.source;

import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lists IDX files: each {@code *-images-idx3-ubyte[.gz]} with the {@code *-labels-idx1-ubyte[.gz]} beside it. Those with "t10k"
 * or "test" in their name are test images, those with "train" are to be trained on or held out for validation. Classes
 * are named by their numbers.
 */
record IdxScan(Storage storage, String source) {
    private static final Pattern IMAGES = Pattern.compile(".*images[-.]idx3-ubyte(\\.gz)?");
    /** A packed file is unpacked by every task that reads a part of it, so parts are not small. */
    private static final int UNIT_ENTRIES = 20_000;

    static boolean matches(StoredFile file) {
        return IMAGES.matcher(file.name()).matches();
    }

    Listing list(List<StoredFile> files) {
        List<SourceUnit> units = new ArrayList<>();
        for (StoredFile images : files) {
            String labelsName = images.name().replace("images", "labels").replace("idx3", "idx1");
            String labelsUri = Storage.child(source, labelsName);
            int count = IdxFile.read(storage, labelsUri, 1).count();
            int pictures = IdxFile.read(storage, images.uri(), 3).count();
            if (pictures != count) {
                throw Failure.data(
                        "Cannot prepare %s: %d images but %d labels in %s. Replace the files",
                        images.uri(), pictures, count, labelsName);
            }
            StoredFile labels = storage.file(labelsUri);
            StoredFile both = new StoredFile(
                    images.uri(),
                    images.name(),
                    images.length() + labels.length(),
                    images.modified() ^ labels.modified());
            for (int first = 0; first < count; first += UNIT_ENTRIES) {
                SourceUnit.Range range = new SourceUnit.Range(first, Math.min(count, first + UNIT_ENTRIES));
                units.add(SourceUnit.of(SourceFormat.IDX, both, images.name(), range, labelsUri, split(images.name())));
            }
        }
        return new Listing(List.of(), units, List.of());
    }

    private static Optional<Split> split(String name) {
        if (name.contains("t10k") || name.contains("test")) {
            return Optional.of(Split.TEST);
        }
        return name.contains("train") ? Optional.of(Split.TRAIN) : Optional.empty();
    }
}
