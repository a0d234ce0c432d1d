package io.squadron.driver.checkpoint;

import io.squadron.failure.Failure;
import io.squadron.replica.SavedPart;
import io.squadron.storage.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The checkpoints of one run: directories {@code step-<12 digits>} below {@code <run>/checkpoints}, each committed by
 * its manifest. A directory without a manifest does not count: a start that finds one writes over it.
 */
public final class CheckpointStore {
    /** The file that makes a directory a checkpoint. */
    public static final String MANIFEST = "checkpoint.json";

    private static final String PREFIX = "step-";

    private final Storage storage;
    private final String directory;

    public CheckpointStore(Storage storage, String run) {
        this.storage = storage;
        this.directory = Storage.child(run, "checkpoints");
    }

    /** Where the parts of the state at {@code step} belong. */
    public String directory(long step) {
        return Storage.child(directory, "%s%012d".formatted(PREFIX, step));
    }

    /** Makes the checkpoint count: its parts are all written, and this writes the manifest. */
    public void commit(Checkpoint checkpoint) {
        String where = Storage.child(checkpoint.state().directory(), MANIFEST);
        storage.replace(where, CheckpointJson.toJson(checkpoint));
    }

    /** The latest good one: damaged ones are skipped by name, never loaded. */
    public LatestCheckpoint latest() {
        return firstGood(names());
    }

    /** The good one of the highest validation accuracy, of equal ones, and where none was evaluated, the latest. */
    public LatestCheckpoint best() {
        Map<String, Double> accuracies = new HashMap<>();
        List<String> names = names();
        names.forEach(name -> accuracies.put(name, accuracy(Storage.child(directory, name))));
        Comparator<String> highest = Comparator.comparing(accuracies::get, Comparator.reverseOrder());
        return firstGood(names.stream().sorted(highest).toList());
    }

    private LatestCheckpoint firstGood(List<String> names) {
        List<String> skipped = new ArrayList<>();
        for (String name : names) {
            String where = Storage.child(directory, name);
            if (!storage.exists(Storage.child(where, MANIFEST))) {
                skipped.add(name + ": it was never committed (no " + MANIFEST + ")");
                continue;
            }
            try {
                return new LatestCheckpoint.Found(load(where), List.copyOf(skipped));
            } catch (Failure damaged) {
                // A file system that does not answer says nothing of the checkpoint: do not go back for its sake.
                if (damaged.kind() == Failure.Kind.RESOURCES) {
                    throw damaged;
                }
                skipped.add(name + ": " + damaged.getMessage());
            }
        }
        return new LatestCheckpoint.NoCheckpoint(List.copyOf(skipped));
    }

    /** Reads and verifies the checkpoint in {@code where}: the manifest's own checksum, and size and digest of each part. */
    public Checkpoint load(String where) {
        String manifest = Storage.child(where, MANIFEST);
        if (!storage.exists(manifest)) {
            throw Failure.state(
                    "Cannot load a checkpoint from %s: it holds no %s. Name a directory like <run>/checkpoints/step-...",
                    where, MANIFEST);
        }
        Checkpoint checkpoint = CheckpointJson.fromJson(storage.read(manifest), where, manifest);
        for (SavedPart part : checkpoint.state().parts()) {
            PartCheck.require(storage, Storage.child(where, part.name()), part);
        }
        return checkpoint;
    }

    /** What the manifests of committed checkpoints say, latest first; parts are not read, damaged manifests are left out. */
    public List<Checkpoint> manifests() {
        List<Checkpoint> found = new ArrayList<>();
        for (String name : names()) {
            String where = Storage.child(directory, name);
            String manifest = Storage.child(where, MANIFEST);
            try {
                if (storage.exists(manifest)) {
                    found.add(CheckpointJson.fromJson(storage.read(manifest), where, manifest));
                }
            } catch (Failure damaged) {
                if (damaged.kind() == Failure.Kind.RESOURCES) {
                    throw damaged;
                }
            }
        }
        return found;
    }

    /** Whether anything was ever committed here. */
    public boolean isEmpty() {
        return names().stream()
                .noneMatch(name -> storage.exists(Storage.child(Storage.child(directory, name), MANIFEST)));
    }

    /**
     * Removes all committed checkpoints but the latest {@code keep} and the one of the highest accuracy, and what was left
     * half-written before them.
     */
    public void retain(int keep) {
        String best = bestName();
        int newest = 0;
        for (String name : names()) {
            String where = Storage.child(directory, name);
            String manifest = Storage.child(where, MANIFEST);
            if (newest < keep) {
                newest += storage.exists(manifest) ? 1 : 0;
            } else if (!name.equals(best)) {
                // The manifest goes first, so that a half-removed checkpoint is none.
                storage.delete(manifest);
                storage.delete(where);
            }
        }
    }

    /** The committed checkpoint of the highest accuracy, of equal ones the latest; empty if none was evaluated. */
    private String bestName() {
        String best = "";
        double highest = Double.NEGATIVE_INFINITY;
        for (String name : names()) {
            double accuracy = accuracy(Storage.child(directory, name));
            if (accuracy > highest) {
                highest = accuracy;
                best = name;
            }
        }
        return best;
    }

    private double accuracy(String where) {
        String manifest = Storage.child(where, MANIFEST);
        try {
            return storage.exists(manifest)
                    ? accuracy(CheckpointJson.fromJson(storage.read(manifest), where, manifest))
                    : Double.NEGATIVE_INFINITY;
        } catch (Failure damaged) {
            return Double.NEGATIVE_INFINITY;
        }
    }

    /** Its own: one that was not evaluated itself bears the figures of an earlier state. */
    private static double accuracy(Checkpoint checkpoint) {
        Map<String, Double> metrics = checkpoint.metrics();
        double step = checkpoint.state().step();
        return metrics.getOrDefault("evaluated-at", step) == step
                ? metrics.getOrDefault("accuracy", Double.NEGATIVE_INFINITY)
                : Double.NEGATIVE_INFINITY;
    }

    /** Names of all checkpoint directories, latest first. */
    private List<String> names() {
        if (!storage.exists(directory)) {
            return List.of();
        }
        return storage.directories(directory).stream()
                .filter(name -> name.startsWith(PREFIX))
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
