package io.squadron.replica;

import io.squadron.evaluation.Tally;
import java.io.Serializable;

/**
 * What one rank tells the driver after a round.
 *
 * @param stateHash of everything in the state, equal on all ranks
 * @param updates that the optimiser made so far
 * @param tally of the rank's share of the examination; empty if there was none
 * @param part that the rank wrote
 * @param place where the rank ran, for people; empty if it is a thread of the driver's JVM
 */
public record RankReport(
        int rank,
        long stateHash,
        long updates,
        StepSeries series,
        Timing timing,
        Tally tally,
        SavedPart part,
        String place)
        implements Serializable {}
