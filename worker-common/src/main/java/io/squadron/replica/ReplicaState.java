package io.squadron.replica;

import io.squadron.model.Weights;
import io.squadron.optim.OptimiserState;
import io.squadron.optim.WeightAverage;
import io.squadron.parallel.Crew;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of one replica: weights, what the optimiser remembers, and the running average of the weights if one is
 * kept. Mutable, owned by one {@link Replica}; equal on all ranks whenever a round ends.
 */
final class ReplicaState {
    private final Weights weights;
    private final List<WeightAverage> averages;
    private OptimiserState optimiser;

    private ReplicaState(Weights weights, OptimiserState optimiser, List<WeightAverage> averages) {
        this.weights = weights;
        this.optimiser = optimiser;
        this.averages = averages;
    }

    /** A state of the right form, to be filled from elsewhere. */
    static ReplicaState blank(TrainingJob job) {
        Weights weights = Weights.zeros(job.network().spec().layout());
        Learning learning = job.learning();
        int length = weights.values().length;
        List<WeightAverage> averages = learning.weightAverage() > 0
                ? List.of(WeightAverage.restored(learning.weightAverage(), new float[length]))
                : List.of();
        return new ReplicaState(weights, OptimiserState.fresh(learning.optimiser(), length), averages);
    }

    /** Becomes the state before the first step. */
    void begin(Weights initial) {
        vectors().forEach(vector -> java.util.Arrays.fill(vector, 0f));
        System.arraycopy(initial.values(), 0, weights.values(), 0, weights.values().length);
        averages.forEach(
                average -> System.arraycopy(initial.values(), 0, average.values(), 0, average.values().length));
        restoreUpdates(0);
    }

    /** The optimiser forgets all it remembers. */
    void restartOptimiser() {
        optimiser.slots().forEach(slot -> java.util.Arrays.fill(slot, 0f));
        restoreUpdates(0);
    }

    Weights weights() {
        return weights;
    }

    OptimiserState optimiser() {
        return optimiser;
    }

    /** The running average of the weights: one, or none. */
    List<WeightAverage> averages() {
        return averages;
    }

    /** What evaluation and export use: the running average if there is one, else the weights. */
    float[] best() {
        return averages.isEmpty() ? weights.values() : averages.get(0).values();
    }

    /** Every vector, each as long as the weights: weights, optimiser slots, running average. */
    List<float[]> vectors() {
        List<float[]> all = new ArrayList<>();
        all.add(weights.values());
        all.addAll(optimiser.slots());
        averages.forEach(average -> all.add(average.values()));
        return all;
    }

    /** Counts a step for which this replica alone had no samples, so that all replicas count alike. */
    void missUpdate() {
        restoreUpdates(optimiser.updates() + 1);
    }

    /** Takes over the update count of the state whose vectors were just filled in. */
    void restoreUpdates(long updates) {
        optimiser = OptimiserState.restored(updates, optimiser.slots());
    }

    /** Of every vector and the update count: a {@link StateHash}. */
    long hash(Crew crew) {
        return StateHash.of(optimiser.updates(), vectors(), crew);
    }
}
