package io.squadron.driver.checkpoint;

import io.squadron.exchange.ModelFile;
import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import io.squadron.model.Weights;
import io.squadron.replica.StateFiles;
import io.squadron.storage.Storage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds a trained model wherever it lies: in a run, in a checkpoint, or in one of our own files. */
public record ModelSource(Storage storage) {
    /**
     * Reads the model at {@code uri}: of a run, its checkpoint of the highest accuracy; of a checkpoint, the running average
     * where there is one. Fails with STATE where a checkpoint is missing or damaged, with DATA where a file is no model.
     */
    public PortableModel load(String uri) {
        if (!storage.exists(uri)) {
            throw Failure.data(
                    "Cannot find a model at %s: there is nothing (expected a run, a checkpoint or a file of a model). "
                            + "Check the path",
                    uri);
        }
        if (!storage.isDirectory(uri)) {
            return ModelFile.read(storage, uri);
        }
        CheckpointStore store = new CheckpointStore(storage, uri);
        if (storage.exists(Storage.child(uri, CheckpointStore.MANIFEST))) {
            return model(store.load(uri));
        }
        if (!(store.best() instanceof LatestCheckpoint.Found found)) {
            throw Failure.state(
                    "Cannot find a model in %s: it holds neither %s nor a usable checkpoint in checkpoints. "
                            + "Name a run that has trained, or a checkpoint",
                    uri, CheckpointStore.MANIFEST);
        }
        return model(found.checkpoint());
    }

    private PortableModel model(Checkpoint checkpoint) {
        Weights weights = Weights.zeros(checkpoint.model().spec().layout());
        new StateFiles(storage).read(checkpoint.state(), List.of(checkpoint.bestVector()), List.of(weights.values()));
        Map<String, String> provenance = new TreeMap<>(checkpoint.provenance());
        provenance.put("checkpoint", checkpoint.state().directory());
        provenance.put("step", String.valueOf(checkpoint.state().step()));
        provenance.put("vector", checkpoint.bestVector());
        provenance.put("dataset-fingerprint", checkpoint.datasetFingerprint());
        checkpoint.metrics().forEach((name, value) -> provenance.put("metric." + name, String.valueOf(value)));
        return new PortableModel(checkpoint.model(), weights, provenance);
    }
}
