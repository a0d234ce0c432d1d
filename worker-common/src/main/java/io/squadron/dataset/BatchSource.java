package io.squadron.dataset;

import io.squadron.engine.Batch;

/** Batches in the order in which they were asked for, made ahead by threads of its own. One reader. */
public interface BatchSource extends AutoCloseable {
    /** The next batch; blocks until it is ready, and fails as its making failed. */
    Batch take();

    @Override
    void close();
}
