package io.squadron.optim;

import java.io.Serializable;
import java.util.List;

/**
 * The rule that turns a mean gradient into new weights. A record of settings: thread-safe, no state. Implementations
 * equal torch.optim's update in float32 arithmetic.
 */
public sealed interface Optimiser extends Serializable permits Sgd, Adam, AdamW {
    /** Names of the vectors it keeps beside the weights, each as long as they ("momentum"; "first", "second"). */
    List<String> slots();

    /**
     * One step: weights change in place, {@code state} with them. Touches only the stretches in {@code groups}.
     *
     * @param weights flat weights
     * @param gradient mean gradient over the global batch, same layout
     * @param learningRate of this step, before each group's own factor
     */
    default void update(
            float[] weights, float[] gradient, OptimiserState state, List<ParameterGroup> groups, double learningRate) {
        Update update = begin(state, learningRate);
        groups.forEach(group -> update.apply(weights, gradient, Update.Mean.ITSELF, group));
    }

    /** Counts one update in {@code state} and fixes its rates; the state changes as the update is applied. */
    Update begin(OptimiserState state, double learningRate);
}
