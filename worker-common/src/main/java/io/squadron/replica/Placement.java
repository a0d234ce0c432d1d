package io.squadron.replica;

import io.squadron.storage.Storage;
import java.io.Serializable;

/**
 * The machine's side of a run.
 *
 * @param threads cores each replica may use
 * @param storage that holds the run's checkpoints
 */
public record Placement(int threads, Storage storage) implements Serializable {}
