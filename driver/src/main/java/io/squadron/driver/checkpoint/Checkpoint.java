package io.squadron.driver.checkpoint;

import io.squadron.exchange.ModelFacts;
import io.squadron.replica.SavedState;
import java.util.List;
import java.util.Map;

/**
 * A complete state of a run and all that is needed to go on from it or to use it.
 *
 * @param state where the vectors lie, and the step they stand at
 * @param vectors names of the vectors in the parts: "weights", "optimiser.*", "average"
 * @param place of the state in the run
 * @param model how to use the weights
 * @param frozen nodes that were not trained
 * @param configuration resolved configuration of the run, as text
 * @param datasetFingerprint of the dataset it was trained on
 * @param metrics of the last evaluation before it, by name; may be empty
 * @param provenance versions, machine, command: facts by name
 */
public record Checkpoint(
        SavedState state,
        List<String> vectors,
        Place place,
        ModelFacts model,
        List<String> frozen,
        String configuration,
        String datasetFingerprint,
        Map<String, Double> metrics,
        Map<String, String> provenance) {

    /**
     * Where a run stands.
     *
     * @param round that comes next
     * @param epoch of the next step
     * @param sample within that epoch's order at which the next step begins
     * @param seed of the run
     */
    public record Place(int round, int epoch, long sample, long seed) {}

    public Checkpoint {
        vectors = List.copyOf(vectors);
        frozen = List.copyOf(frozen);
        metrics = Map.copyOf(metrics);
        provenance = Map.copyOf(provenance);
    }

    /** The vector that evaluation and export use: the running average where there is one. */
    public String bestVector() {
        return vectors.contains("average") ? "average" : "weights";
    }

    /** This checkpoint as it stands in another directory. */
    Checkpoint at(String directory) {
        SavedState moved = new SavedState(directory, state.step(), state.updates(), state.parts());
        return new Checkpoint(
                moved, vectors, place, model, frozen, configuration, datasetFingerprint, metrics, provenance);
    }
}
