package io.squadron.replica;

import io.squadron.engine.Compute;
import io.squadron.engine.Engines;
import io.squadron.engine.Peers;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.Weights;
import io.squadron.storage.Storage;
import java.util.List;

/**
 * A trained model on storage, ready to be opened wherever it is needed.
 *
 * @param state whose parts hold the weights
 * @param vector the one to use: "weights" or "average"
 */
public record SavedModel(Network network, SavedState state, String vector, Storage storage) implements Examinee {
    /** Reads the weights and opens a session for evaluation; the caller closes it. */
    @Override
    public Session open(Compute compute) {
        Weights weights = weights();
        return Engines.named(network.engine())
                .open(
                        network.spec(),
                        weights,
                        new SessionOptions(
                                compute, network.freeze(), network.normalisation(), network.loss(), Peers.none(), 0));
    }

    public Weights weights() {
        Weights weights = Weights.zeros(network.spec().layout());
        new StateFiles(storage).read(state, List.of(vector), List.of(weights.values()));
        return weights;
    }
}
