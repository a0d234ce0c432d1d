package io.squadron.driver.source;

import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Lists class folders: {@code source/<class>/*.png}, or {@code source/train/<class>/*.png} with test, val and validation beside
 * train. Labels are numbered by the names of the training classes in order. Class folders are listed by several threads; what
 * is kept of a file is its name.
 */
final class FolderScan {
    private static final Map<String, Split> PARTS = new TreeMap<>(
            Map.of("train", Split.TRAIN, "val", Split.VALIDATION, "validation", Split.VALIDATION, "test", Split.TEST));
    /** A unit is closed before it would exceed either: small enough to repeat, large enough to be worth a task. */
    private static final int UNIT_FILES = 1000;

    private static final long UNIT_BYTES = 64L << 20;

    private final Storage storage;
    private final String source;
    private final List<Callable<Listing>> work = new ArrayList<>();
    private final List<Listing.Ignored> ignored = new ArrayList<>();

    FolderScan(Storage storage, String source) {
        this.storage = storage;
        this.source = source;
    }

    Listing list() {
        List<String> folders = folders("");
        looseFiles("");
        boolean parted = folders.contains("train");
        List<String> classes = parted ? folders("train/") : folders;
        requireClasses(classes);
        if (!parted) {
            part("", classes, classes, Optional.empty());
            return joined(classes);
        }
        for (String folder : folders) {
            Split split = PARTS.get(folder);
            if (split == null) {
                ignore(folder, "a folder beside train (expected val, validation or test)");
            } else {
                looseFiles(folder + "/");
                part(folder + "/", folders(folder + "/"), classes, Optional.of(split));
            }
        }
        return joined(classes);
    }

    private Listing joined(List<String> classes) {
        List<SourceUnit> units = new ArrayList<>();
        for (Listing each : ListingThreads.run(work)) {
            units.addAll(each.units());
            ignored.addAll(each.ignored());
        }
        return new Listing(classes, units, ignored);
    }

    private void requireClasses(List<String> classes) {
        if (classes.size() < 2) {
            String found = classes.isEmpty() ? "no class folder" : "one class only, '" + classes.get(0) + "'";
            throw Failure.data(
                    "Cannot prepare %s: it has %s (expected two or more folders, each named for its class and holding "
                            + "its images, or files of another format). Correct the source, or name its format",
                    source, found);
        }
    }

    private void part(String below, List<String> folders, List<String> classes, Optional<Split> split) {
        for (String folder : folders) {
            if (!classes.contains(folder)) {
                throw Failure.data(
                        "Cannot prepare %s: class folder '%s%s' has no counterpart in train (expected one of %s). "
                                + "Add training images or remove the folder",
                        source, below, folder, classes);
            }
            work.add(() -> images(below + folder, folder, split));
        }
    }

    private Listing images(String folder, String label, Optional<Split> split) {
        Batch batch = new Batch(Storage.child(source, folder), folder, label, split);
        List<Listing.Ignored> others = new ArrayList<>();
        for (StoredFile file : files(folder)) {
            if (Names.isImage(file.name())) {
                batch.add(file);
            } else {
                others.add(new Listing.Ignored(folder + "/" + file.name(), "not named like an image"));
            }
        }
        folders(folder + "/")
                .forEach(
                        each -> others.add(new Listing.Ignored(folder + "/" + each, "a folder inside a class folder")));
        List<SourceUnit> units = batch.units();
        if (units.isEmpty()) {
            throw Failure.data(
                    "Cannot prepare %s: class folder '%s' holds no image (expected files such as .png or .jpg). "
                            + "Add images or remove the folder",
                    source, folder);
        }
        return new Listing(List.of(), units, others);
    }

    private void looseFiles(String below) {
        for (StoredFile file : files(below)) {
            ignore(below + file.name(), "lies in no class folder");
        }
    }

    private List<StoredFile> files(String below) {
        return storage.list(Storage.child(source, below)).stream()
                .filter(each -> Names.isVisible(each.name()))
                .toList();
    }

    private List<String> folders(String below) {
        return storage.directories(Storage.child(source, below)).stream()
                .filter(Names::isVisible)
                .toList();
    }

    private void ignore(String path, String reason) {
        ignored.add(new Listing.Ignored(path, reason));
    }

    /** Cuts the files of a folder into units. */
    private static final class Batch {
        private final StoredFile folder;
        private final String path;
        private final String label;
        private final Optional<Split> split;
        private final List<SourceUnit> units = new ArrayList<>();
        private final List<StoredFile> files = new ArrayList<>();
        private long bytes;

        Batch(String uri, String path, String label, Optional<Split> split) {
            this.folder = new StoredFile(uri, path, 0, 0);
            this.path = path;
            this.label = label;
            this.split = split;
        }

        void add(StoredFile file) {
            if (!files.isEmpty() && (files.size() == UNIT_FILES || bytes + file.length() > UNIT_BYTES)) {
                close();
            }
            files.add(file);
            bytes += file.length();
        }

        List<SourceUnit> units() {
            if (!files.isEmpty()) {
                close();
            }
            return units;
        }

        private void close() {
            units.add(SourceUnit.ofFiles(folder, path, label, split, files));
            files.clear();
            bytes = 0;
        }
    }
}
