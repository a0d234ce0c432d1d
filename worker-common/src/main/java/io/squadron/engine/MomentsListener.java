package io.squadron.engine;

/** Hears what batch norms see. Called on the thread that computes. */
@FunctionalInterface
public interface MomentsListener {
    /** The batch norm {@code node} was reached by elements with these moments, its own batch's alone; the listener may keep them. */
    void on(String node, Moments moments);
}
