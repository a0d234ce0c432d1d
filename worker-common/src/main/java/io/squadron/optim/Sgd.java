package io.squadron.optim;

import java.util.List;

/** To be written. */
public record Sgd() implements Optimiser {
    @Override
    public List<String> slots() {
        return List.of();
    }

    @Override
    public void update(
            float[] weights, float[] gradient, OptimiserState state, List<ParameterGroup> groups, double learningRate) {
        throw new UnsupportedOperationException();
    }
}
