package io.squadron.replica;

import io.squadron.engine.StepResult;
import java.io.Serializable;
import java.util.List;

/**
 * What one rank saw, step by step. // each column: [steps]
 *
 * @param lossSums sum of losses over the rank's samples, in nats
 */
public record StepSeries(double[] lossSums, int[] correct, int[] samples) implements Serializable {
    static StepSeries of(int steps) {
        return new StepSeries(new double[steps], new int[steps], new int[steps]);
    }

    /** The global batches of these steps: all ranks together, added in rank order. */
    public static StepSeries merged(List<StepSeries> byRank) {
        StepSeries all = of(byRank.stream().mapToInt(StepSeries::steps).max().orElse(0));
        for (int step = 0; step < all.steps(); step++) {
            int at = step;
            all.set(step, byRank.stream().map(each -> each.at(at)).reduce(StepResult.empty(), StepResult::merge));
        }
        return all;
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
