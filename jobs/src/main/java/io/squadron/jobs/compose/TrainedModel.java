package io.squadron.jobs.compose;

import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.CheckpointStore;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import io.squadron.model.Weights;
import io.squadron.replica.StateFiles;
import io.squadron.storage.Storage;
import java.util.List;

/**
 * A model that was trained here.
 *
 * @param name what people call it: the run, and the step of the checkpoint
 */
public record TrainedModel(PortableModel model, String name) {
    /** The newest good checkpoint of the run at {@code uri}, or the checkpoint there. Fails with STATE where there is none. */
    public static TrainedModel load(Storage storage, String uri) {
        CheckpointStore store = new CheckpointStore(storage, uri);
        if (storage.exists(Storage.child(uri, CheckpointStore.MANIFEST))) {
            return of(storage, uri, store.load(uri));
        }
        if (!(store.latest() instanceof LatestCheckpoint.Found found)) {
            throw Failure.state(
                    "Cannot find a model in %s: it is neither a checkpoint nor a run with a usable one. Train first",
                    uri);
        }
        return of(storage, uri, found.checkpoint());
    }

    private static TrainedModel of(Storage storage, String uri, Checkpoint checkpoint) {
        Weights weights = Weights.zeros(checkpoint.model().spec().layout());
        new StateFiles(storage).read(checkpoint.state(), List.of(checkpoint.bestVector()), List.of(weights.values()));
        String last = uri.replaceFirst("/+$", "").replaceFirst(".*/", "");
        String step = "step-%d".formatted(checkpoint.state().step());
        return new TrainedModel(
                new PortableModel(checkpoint.model(), weights, checkpoint.provenance()),
                last.startsWith("step-") ? last : last + "/" + step);
    }
}
