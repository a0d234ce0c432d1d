package io.squadron.engine.onednn;

/**
 * A pass in evaluation mode but for the trained batch norms, which use their own batch's statistics; compiled for one batch
 * size.
 *
 * @param input takes the images before the program runs
 */
record Observation(Program program, InputCode input) implements AutoCloseable {
    @Override
    public void close() {
        program.close();
    }
}
