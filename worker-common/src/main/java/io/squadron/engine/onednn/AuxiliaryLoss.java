package io.squadron.engine.onednn;

import io.squadron.engine.Loss;
import java.nio.FloatBuffer;

/** The loss of a head on an inner layer: runs after the main {@link MainLoss}, takes its targets and adds to its result. */
final class AuxiliaryLoss {
    private final Loss loss;
    private final float weight;
    private final MainLoss main;
    private final FloatBuffer source;
    private final FloatBuffer target;
    private final float[] logits;
    private final float[] slopes;

    /** Both buffers are [batch, classes], row by row. */
    AuxiliaryLoss(Loss loss, float weight, MainLoss main, FloatBuffer source, FloatBuffer target) {
        this.loss = loss;
        this.weight = weight;
        this.main = main;
        this.source = source;
        this.target = target;
        this.logits = new float[source.capacity()];
        this.slopes = new float[source.capacity()];
    }

    void run() {
        source.get(0, logits);
        int classes = logits.length / main.targets().count();
        main.add(loss.evaluateAuxiliary(weight, logits, main.targets(), classes, slopes));
        target.put(0, slopes);
    }
}
