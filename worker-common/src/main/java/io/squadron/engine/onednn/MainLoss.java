package io.squadron.engine.onednn;

import io.squadron.engine.Loss;
import io.squadron.engine.StepResult;
import io.squadron.engine.Targets;
import java.nio.FloatBuffer;

/** The turning point of a step: logits in, their gradient out. In Java and float64, as every engine does it. */
final class MainLoss {
    private final Loss loss;
    private final int classes;
    private final FloatBuffer source;
    private final FloatBuffer target;
    private final float[] logits;
    private final float[] slopes;
    private Targets targets = Targets.of(new int[0]);
    private StepResult result = StepResult.empty();

    /** Both buffers are [batch, classes], row by row. */
    MainLoss(Loss loss, int classes, FloatBuffer source, FloatBuffer target) {
        this.loss = loss;
        this.classes = classes;
        this.source = source;
        this.target = target;
        this.logits = new float[source.capacity()];
        this.slopes = new float[source.capacity()];
    }

    void expect(Targets next) {
        targets = next;
    }

    Targets targets() {
        return targets;
    }

    /** Adds what another head says of the same batch. */
    void add(StepResult other) {
        result = result.merge(other);
    }

    void run() {
        source.get(0, logits);
        result = loss.evaluate(logits, targets, classes, slopes);
        target.put(0, slopes);
    }

    StepResult result() {
        return result;
    }
}
