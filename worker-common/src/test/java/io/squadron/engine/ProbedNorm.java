package io.squadron.engine;

import io.squadron.model.Weights;
import java.util.Arrays;

/** What came out of one batch norm of an engine, run alone, forward and backward. */
public record ProbedNorm(float[] y, float[] dx, Weights weights, float[] gradients) {
    /** The gradient of one tensor. */
    public float[] gradient(String name) {
        int from = weights.layout().slice(name).offset();
        return Arrays.copyOfRange(gradients, from, weights.layout().slice(name).end());
    }

    /** Runs one norm of an engine, named "0", its tensors filled by the golden formula. */
    @FunctionalInterface
    public interface Probe {
        ProbedNorm run(int channels, float[] x, float[] dy, int[] shape, long seed, NormSync sync);
    }
}
