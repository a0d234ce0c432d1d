package io.squadron.engine.onednn;

import java.nio.FloatBuffer;

/**
 * A pass in evaluation mode up to one node, compiled for one batch size.
 *
 * @param input takes the images before the program runs
 * @param result what leaves the node, in the same order
 */
record Evaluation(Program program, InputCode input, FloatBuffer result) implements AutoCloseable {
    @Override
    public void close() {
        program.close();
    }
}
