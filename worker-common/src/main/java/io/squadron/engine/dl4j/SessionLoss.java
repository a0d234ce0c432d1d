package io.squadron.engine.dl4j;

import io.squadron.engine.BrokenNumbers;
import io.squadron.engine.Finite;
import io.squadron.engine.Loss;
import io.squadron.engine.StepResult;
import io.squadron.engine.Targets;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * {@link Loss} where Deeplearning4j asks for a loss. What is right comes from {@link #expect}; Deeplearning4j's
 * own label array is ignored, and the score it wants is 0: the loss stays in {@link #result}, in float64.
 */
final class SessionLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    private final transient Head head;
    private final transient String output;
    private transient Targets targets = Targets.of(new int[0]);
    private transient StepResult result = StepResult.empty();

    private SessionLoss(Head head, String output) {
        this.head = head;
        this.output = output;
    }

    /** What {@link Loss} does for one kind of head. */
    private interface Head {
        StepResult evaluate(float[] logits, Targets targets, int classes, float[] gradient);
    }

    /** For the head that counts, whose logits leave the node {@code output}. */
    static SessionLoss of(Loss loss, String output) {
        return new SessionLoss(loss::evaluate, output);
    }

    /** For a head whose loss is added, times {@code weight}. */
    static SessionLoss auxiliary(Loss loss, float weight, String output) {
        return new SessionLoss(
                (logits, targets, classes, gradient) ->
                        loss.evaluateAuxiliary(weight, logits, targets, classes, gradient),
                output);
    }

    void expect(Targets next) {
        targets = next;
    }

    StepResult result() {
        return result;
    }

    @Override
    public INDArray computeGradient(INDArray ignored, INDArray logits, IActivation activation, INDArray mask) {
        int classes = (int) logits.size(1);
        float[] gradient = new float[targets.count() * classes];
        float[] values = NativeFloats.copy(logits);
        if (!Finite.all(values, 0, values.length)) {
            throw BrokenNumbers.madeBy(output, BrokenNumbers.Way.FORWARD);
        }
        result = head.evaluate(values, targets, classes, gradient);
        return Nd4j.create(gradient, new long[] {targets.count(), classes}, 'c');
    }

    @Override
    public double computeScore(
            INDArray ignored, INDArray logits, IActivation activation, INDArray mask, boolean average) {
        return 0;
    }

    @Override
    public INDArray computeScoreArray(INDArray ignored, INDArray logits, IActivation activation, INDArray mask) {
        throw new UnsupportedOperationException("Cannot score sample by sample: the session computes losses itself");
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray ignored, INDArray logits, IActivation activation, INDArray mask, boolean average) {
        return new Pair<>(0.0, computeGradient(ignored, logits, activation, mask));
    }

    @Override
    public String name() {
        return "loss of the session";
    }
}
