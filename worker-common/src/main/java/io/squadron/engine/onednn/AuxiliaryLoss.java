package io.squadron.engine.onednn;

import io.squadron.engine.CrossEntropy;
import java.nio.FloatBuffer;

/** The loss of a head on an inner layer: runs after the main {@link Loss}, takes its targets and adds to its result. */
final class AuxiliaryLoss {
    private final CrossEntropy entropy;
    private final float weight;
    private final Loss main;
    private final FloatBuffer source;
    private final FloatBuffer target;
    private final float[] logits;
    private final float[] slopes;

    /** Both buffers are [batch, classes], row by row. */
    AuxiliaryLoss(CrossEntropy entropy, float weight, Loss main, FloatBuffer source, FloatBuffer target) {
        this.entropy = entropy;
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
        main.add(entropy.evaluateAuxiliary(weight, logits, main.targets(), classes, slopes));
        target.put(0, slopes);
    }
}
