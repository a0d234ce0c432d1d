package io.squadron.replica;

import io.squadron.engine.Compute;
import io.squadron.storage.Storage;
import java.io.Serializable;

/**
 * The machine's side of a run.
 *
 * @param compute cores each replica may use, and the numbers it computes with
 * @param storage that holds the run's checkpoints
 */
public record Placement(Compute compute, Storage storage) implements Serializable {}
