package io.squadron.replica;

import io.squadron.engine.StepResult;
import java.io.Serializable;

/**
 * What one rank saw, step by step. // each column: [steps]
 *
 * @param lossSums sum of losses over the rank's samples, in nats
 */
public record StepSeries(double[] lossSums, int[] correct, int[] samples) implements Serializable {
    static StepSeries of(int steps) {
        return new StepSeries(new double[steps], new int[steps], new int[steps]);
    }

    void set(int step, StepResult result) {
        lossSums[step] = result.lossSum();
        correct[step] = result.correct();
        samples[step] = result.samples();
    }

    public int steps() {
        return samples.length;
    }

    public StepResult at(int step) {
        return new StepResult(lossSums[step], correct[step], samples[step]);
    }

    public StepResult total() {
        StepResult total = StepResult.empty();
        for (int step = 0; step < steps(); step++) {
            total = total.merge(at(step));
        }
        return total;
    }
}
