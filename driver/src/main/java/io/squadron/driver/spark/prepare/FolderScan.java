package io.squadron.driver.spark.prepare;

import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lists class folders: {@code source/<class>/*.png}, or {@code source/train/<class>/*.png} with test, val and validation beside
 * train. Labels are numbered by the names of the training classes in order.
 */
final class FolderScan {
    private static final Map<String, Split> PARTS = new TreeMap<>(
            Map.of("train", Split.TRAIN, "val", Split.VALIDATION, "validation", Split.VALIDATION, "test", Split.TEST));

    private final Storage storage;
    private final String source;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Reject> ignored = new ArrayList<>();

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
            return new Listing(classes, candidates, ignored);
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
        return new Listing(classes, candidates, ignored);
    }

    private void requireClasses(List<String> classes) {
        if (classes.size() < 2) {
            String found = classes.isEmpty() ? "no class folder" : "one class only, '" + classes.get(0) + "'";
            throw Failure.data(
                    "Cannot prepare %s: it has %s (expected two or more folders, each named for its class and holding "
                            + "its images, or IDX files). Correct the source",
                    source, found);
        }
    }

    private void part(String below, List<String> folders, List<String> classes, Optional<Split> split) {
        for (String folder : folders) {
            int label = classes.indexOf(folder);
            if (label < 0) {
                throw Failure.data(
                        "Cannot prepare %s: class folder '%s%s' has no counterpart in train (expected one of %s). "
                                + "Add training images or remove the folder",
                        source, below, folder, classes);
            }
            images(below + folder, label, split);
        }
    }

    private void images(String folder, int label, Optional<Split> split) {
        int before = candidates.size();
        for (StoredFile file : files(folder)) {
            String path = folder + "/" + file.name();
            if (Names.isImage(file.name())) {
                candidates.add(new Candidate(path, file.uri(), Candidate.WHOLE_FILE, label, split));
            } else {
                ignore(path, "not named like an image");
            }
        }
        folders(folder + "/").forEach(each -> ignore(folder + "/" + each, "a folder inside a class folder"));
        if (candidates.size() == before) {
            throw Failure.data(
                    "Cannot prepare %s: class folder '%s' holds no image (expected files such as .png or .jpg). "
                            + "Add images or remove the folder",
                    source, folder);
        }
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
        ignored.add(new Reject(path, reason, Reject.Kind.IGNORED));
    }
}
