package io.squadron.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer that we compute ourselves inside a Deeplearning4j graph. Results go into arrays that are given, in order 'c';
 * inputs may have any strides. What it learns lies in the session's weights and gradient, unknown to Deeplearning4j.
 */
interface Kernel {
    /** For whom a forward pass is made. */
    enum Pass {
        TRAINING,
        EVALUATION
    }

    /** The shape of the result for an input of {@code shape}; the batch comes first in both. */
    default long[] resultShape(long[] shape) {
        return shape;
    }

    void forward(INDArray x, INDArray y, Pass pass);

    /** After a forward pass in training on the same {@code x}. */
    void backward(INDArray x, INDArray dy, INDArray dx);
}
