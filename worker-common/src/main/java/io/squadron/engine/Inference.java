package io.squadron.engine;

/** What a trained network is asked for. One thread at a time. Closing it frees all native memory. */
public interface Inference extends AutoCloseable {
    /** Logits in evaluation mode. // [samples * classes], row by row */
    float[] infer(Images images);

    @Override
    void close();
}
