package io.squadron.engine;

import io.squadron.model.Weights;

/** One network, open for computing. One thread at a time. Closing it frees all native memory. */
public interface Session extends Inference {
    /** The live weights it was opened on. */
    Weights weights();

    /**
     * The gradient that the last step left: the SUM over its samples of d loss / d weight, laid out like the weights;
     * zero for running statistics and for what is frozen. The same array at every call.
     */
    float[] gradient();

    /**
     * One forward and backward pass in training mode. A batch of no samples is allowed: it computes nothing but still
     * takes part, with counts of zero, in every exchange of batch-norm statistics.
     */
    StepResult step(Batch batch);

    @Override
    float[] infer(Images images);

    /** What leaves the named node in evaluation mode. // [samples * channels * height * width] */
    float[] features(Images images, String node);

    /**
     * A look at what reaches batch norms: a pass in evaluation mode in which each that is trained tells {@code listener} the
     * moments of its input, over {@code images} alone, and normalises with those that it gets back. Each does so once, and
     * in an order of the network. Nothing is changed, and no other session is asked.
     */
    void observe(Images images, MomentsListener listener);

    @Override
    void close();
}
