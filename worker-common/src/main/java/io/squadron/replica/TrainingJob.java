package io.squadron.replica;

import java.io.Serializable;

/**
 * Everything about a run that does not change from round to round; sent to each executor once.
 *
 * @param run identity of the run: what an executor keeps between rounds is kept under this name
 * @param placement where it computes and where it keeps its files
 */
public record TrainingJob(
        String run, Network network, Learning learning, Synchronisation sync, Feeding feeding, Placement placement)
        implements Serializable {}
