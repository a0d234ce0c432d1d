package io.squadron.replica;

/** Watches a rank in its round, on the rank's own thread. What it throws ends the rank's round. */
@FunctionalInterface
public interface StepObserver {
    /** The rank has taken its share of another step. */
    void on(RankProgress progress);

    /** All ranks have the state of the round's start. */
    default void began(RankStart start) {}

    /** Where the rank runs, for people; empty if it is a thread of the driver's JVM. */
    default String place() {
        return "";
    }

    static StepObserver none() {
        return progress -> {};
    }
}
