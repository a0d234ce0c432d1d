package io.squadron.driver.spark.prepare;

import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Lists IDX files: each {@code *-images-idx3-ubyte[.gz]} with the {@code *-labels-idx1-ubyte[.gz]} beside it. Those with "t10k"
 * or "test" in their name are test images, those with "train" are to be trained on or held out for validation. Classes
 * are named by their numbers.
 */
record IdxScan(Storage storage, String source) {
    private static final Pattern IMAGES = Pattern.compile(".*images[-.]idx3-ubyte(\\.gz)?");

    static boolean matches(StoredFile file) {
        return IMAGES.matcher(file.name()).matches();
    }

    Listing list(List<StoredFile> files) {
        List<Candidate> candidates = new ArrayList<>();
        int classes = 0;
        for (StoredFile images : files) {
            String labelsName = images.name().replace("images", "labels").replace("idx3", "idx1");
            String labelsUri = Storage.child(source, labelsName);
            IdxFile labels = IdxFile.read(storage, labelsUri, 1);
            int count = IdxFile.read(storage, images.uri(), 3).count();
            if (labels.count() != count) {
                throw Failure.data(
                        "Cannot prepare %s: %d images but %d labels in %s. Replace the files",
                        images.uri(), count, labels.count(), labelsName);
            }
            for (int i = 0; i < count; i++) {
                int label = labels.entry(i)[0] & 0xFF;
                classes = Math.max(classes, label + 1);
                String path = images.name() + "#" + i;
                candidates.add(new Candidate(path, images.uri(), i, label, split(images.name())));
            }
        }
        if (classes < 2) {
            throw Failure.data("Cannot prepare %s: it has %d classes (expected two or more)", source, classes);
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new Listing(names, candidates, List.of());
    }

    private static Optional<Split> split(String name) {
        if (name.contains("t10k") || name.contains("test")) {
            return Optional.of(Split.TEST);
        }
        return name.contains("train") ? Optional.of(Split.TRAIN) : Optional.empty();
    }
}
