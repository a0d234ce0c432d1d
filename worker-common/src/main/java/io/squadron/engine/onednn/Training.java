package io.squadron.engine.onednn;

/**
 * A whole step, compiled for one batch size.
 *
 * @param input takes the images before the program runs
 * @param loss wants the labels before the program runs
 */
record Training(Program program, InputCode input, MainLoss loss) implements AutoCloseable {
    @Override
    public void close() {
        program.close();
    }
}
