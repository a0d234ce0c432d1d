package io.squadron.engine.onednn;

import java.nio.FloatBuffer;

/**
 * A whole step, compiled for one batch size.
 *
 * @param input where the images go: [batch, channels, height, width]
 * @param loss wants the labels before the program runs
 */
record Training(Program program, FloatBuffer input, Loss loss) implements AutoCloseable {
    @Override
    public void close() {
        program.close();
    }
}
