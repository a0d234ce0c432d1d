package io.squadron.driver.training;

/**
 * Hears what happens in a run, on the driver, in the order drawn in {@link TrainingEvent}. Called on the thread of the
 * loop: what takes long delays the next round, and what it throws ends the run.
 */
@FunctionalInterface
public interface TrainingListener {
    void on(TrainingEvent event);
}
