package io.squadron.engine;

/** The numbers a session computes with. Weights, gradients, statistics, loss and optimiser are float32 or better in each. */
public enum Precision {
    /** {@link #BFLOAT16} where the CPU computes with it natively, otherwise {@link #FLOAT32}. */
    AUTO,
    FLOAT32,
    /** Activations, their gradients and the convolutions' working copies of the weights in bfloat16; sums in float32. */
    BFLOAT16
}
