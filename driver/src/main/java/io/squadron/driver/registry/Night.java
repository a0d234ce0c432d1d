package io.squadron.driver.registry;

import io.squadron.storage.Storage;
import java.util.Map;
import java.util.Optional;

/** What one night has left in the registry so far. */
public record Night(Storage storage, String directory, String id) {
    private static final Map<Class<? extends Stage>, String> FILES = Map.of(
            Stage.Begun.class, "1-begun.json",
            Stage.Delivered.class, "2-delivered.json",
            Stage.Trained.class, "3-trained.json",
            Stage.Compared.class, "4-compared.json",
            Stage.Ended.class, "5-ended.json");

    /** What the stage left, if the night has come so far. */
    public <T extends Stage> Optional<T> find(Class<T> stage) {
        String uri = uri(stage);
        return storage.exists(uri) ? Optional.of(RegistryJson.read(storage, uri, stage)) : Optional.empty();
    }

    /** Commits what a stage leaves, in one step. */
    public void commit(Stage stage) {
        storage.makeDirectories(directory);
        storage.replace(uri(stage.getClass()), RegistryJson.bytes(stage));
    }

    /** Where the weights lie from which the night's training starts. */
    public String startingWeights() {
        return Storage.child(directory, "start.safetensors");
    }

    /** Where the list of damaged images lies, if their delivery was refused. */
    public String rejects() {
        return Storage.child(directory, "rejects.jsonl");
    }

    private String uri(Class<? extends Stage> stage) {
        return Storage.child(directory, FILES.get(stage));
    }
}
