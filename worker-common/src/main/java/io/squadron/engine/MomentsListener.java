package io.squadron.engine;

/** Hears what batch norms see, and says what they are to use. Called on the thread that computes. */
@FunctionalInterface
public interface MomentsListener {
    /**
     * The batch norm {@code node} was reached by elements with the moments {@code mine}, which the listener may keep.
     *
     * @return the statistics to normalise with
     */
    Moments on(String node, Moments mine);
}
