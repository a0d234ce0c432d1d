package io.squadron.engine;

import java.io.Serializable;

/**
 * What a step says of its batch; merges by adding.
 *
 * @param lossSum sum of the losses of its samples, in nats
 * @param correct samples whose largest logit is the label's
 */
public record StepResult(double lossSum, int correct, int samples) implements Serializable {
    public static StepResult empty() {
        return new StepResult(0, 0, 0);
    }

    public StepResult merge(StepResult other) {
        return new StepResult(lossSum + other.lossSum, correct + other.correct, samples + other.samples);
    }
}
