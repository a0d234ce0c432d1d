package io.squadron.driver.schedule;

import java.io.Serializable;

/**
 * When the replicas return to the driver, and what for. A span of 0 means: only when the run ends.
 *
 * @param round longest time between two visits, counted anew in each epoch
 * @param evaluate from one evaluation to the next, counted from the run's beginning
 * @param checkpoint from one checkpoint to the next, counted from the run's beginning
 */
public record Cadence(Span round, Span evaluate, Span checkpoint) implements Serializable {}
