package io.squadron.driver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.util.Comparator;
import java.util.List;

/**
 * The directory in which scheduled training keeps what it has made and decided:
 *
 * <pre>  promoted.json             the pointer: which model is served, and every move of it
 *  holdout.json              ids of the samples on which models are compared
 *  lock/000000000007.json    the lease, by number
 *  nights/ID/1-begun.json .. 5-ended.json
 *  datasets/ID/              the dataset version of that night
 *  runs/ID/                  its run: checkpoints, history, report
 *  models/ID/                model.safetensors, lineage.json</pre>
 *
 * Files are written whole, then renamed.
 */
public record Registry(Storage storage, String directory) {
    /** The directory as a whole URI, for files name each other. */
    public static Registry at(Storage storage, String directory) {
        return new Registry(storage, storage.qualified(directory));
    }

    public Night night(String id) {
        return new Night(storage, Storage.child(place("nights"), id), id);
    }

    /** All that have begun, the oldest first. */
    public List<Night> nights() {
        if (!storage.exists(place("nights"))) {
            return List.of();
        }
        return storage.directories(place("nights")).stream()
                .map(this::night)
                .filter(night -> night.find(Stage.Begun.class).isPresent())
                .sorted(Comparator.comparing((Night night) ->
                                night.find(Stage.Begun.class).orElseThrow().at())
                        .thenComparing(Night::id))
                .toList();
    }

    public Pointer pointer() {
        String uri = place("promoted.json");
        return storage.exists(uri) ? RegistryJson.read(storage, uri, Pointer.class) : Pointer.nowhere();
    }

    /** Moves the pointer, in one step. */
    public void point(Pointer pointer) {
        storage.replace(place("promoted.json"), RegistryJson.bytes(pointer));
    }

    public HoldOut holdOut() {
        String uri = place("holdout.json");
        return storage.exists(uri) ? RegistryJson.read(storage, uri, HoldOut.class) : HoldOut.empty();
    }

    public void keep(HoldOut holdOut) {
        storage.replace(place("holdout.json"), RegistryJson.bytes(holdOut));
    }

    /** Writes down where a model comes from, beside it. */
    public void keep(String id, Lineage lineage) {
        storage.replace(Storage.child(models(id), "lineage.json"), RegistryJson.bytes(lineage));
    }

    public String dataset(String id) {
        return Storage.child(place("datasets"), id);
    }

    public String run(String id) {
        return Storage.child(place("runs"), id);
    }

    public String model(String id) {
        return Storage.child(models(id), "model.safetensors");
    }

    public String lock() {
        return place("lock");
    }

    /** URI of the promoted model's file; fails with STATE where there is none. */
    public String promoted() {
        String id = pointer().model();
        if (id.isEmpty()) {
            throw Failure.state(
                    "Cannot name the promoted model of %s: there is none yet (expected a night that promoted one). "
                            + "Run retrain",
                    directory);
        }
        return model(id);
    }

    /**
     * Where a model comes from, enough to make it again.
     *
     * @param parent id of the champion that it was to replace; empty: none
     * @param code version of Squadron
     */
    public record Lineage(
            String model,
            String parent,
            String sha256,
            String code,
            Stage.Delivered data,
            Comparison metrics,
            java.util.Map<String, String> provenance,
            JsonNode configuration) {
        /** With the configuration as text. */
        public static Lineage of(Stage.Begun begun, Stage.Delivered data, Stage.Trained trained, Comparison metrics) {
            return new Lineage(
                    begun.id(),
                    begun.champion(),
                    trained.sha256(),
                    begun.version(),
                    data,
                    metrics,
                    trained.provenance(),
                    RegistryJson.tree(begun.configuration()));
        }
    }

    private String models(String id) {
        return Storage.child(place("models"), id);
    }

    private String place(String name) {
        return Storage.child(directory, name);
    }
}
