package io.squadron.jobs.compose;

import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.CheckpointStore;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.engine.Loss;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import io.squadron.replica.InitialWeights;
import io.squadron.replica.Network;
import io.squadron.replica.SavedModel;
import io.squadron.storage.Storage;
import java.util.ArrayList;
import java.util.List;

/**
 * A checkpoint that a person named, and what they say about it.
 *
 * @param config the one that the checkpoint carries, with the command line over it
 */
public record ChosenModel(Storage storage, JobConfig config, Checkpoint checkpoint) {
    /** The newest good checkpoint of {@code run}. */
    public static ChosenModel ofRun(Storage storage, String run, List<ConfigSource> sources) {
        RunDirectory directory = new RunDirectory(storage, run);
        JobConfig config = directory.config(sources);
        if (!(directory.checkpoints().latest() instanceof LatestCheckpoint.Found found)) {
            throw Failure.state("Cannot look into %s: it holds no usable checkpoint. Train first", run);
        }
        return new ChosenModel(storage, config, found.checkpoint());
    }

    /** The checkpoint in the directory {@code uri}. */
    public static ChosenModel at(Storage storage, String uri, List<ConfigSource> sources) {
        Checkpoint checkpoint = new CheckpointStore(storage, uri).load(uri);
        List<ConfigSource> all = new ArrayList<>();
        all.add(new ConfigSource.Text("configuration of " + uri, checkpoint.configuration()));
        all.addAll(sources);
        return new ChosenModel(storage, JobConfig.load(all), checkpoint);
    }

    ModelSpec spec() {
        return checkpoint.model().spec();
    }

    Weights weights() {
        Network network = new Network(
                spec(),
                "auto",
                Freeze.none(),
                checkpoint.model().normalisation(),
                new InitialWeights(Initialisation.HE_NORMAL_FAN_OUT, 0, InitialWeights.ResidualStart.ONE),
                Loss.plain());
        return new SavedModel(network, checkpoint.state(), checkpoint.bestVector(), storage).weights();
    }
}
