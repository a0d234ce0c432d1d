package io.squadron.driver.checkpoint;

import java.util.List;

/** The result of looking for a checkpoint to go on from; both cases say which ones were skipped, and why. */
public sealed interface LatestCheckpoint {
    List<String> skipped();

    /** The latest one whose every byte is what its manifest says. */
    record Found(Checkpoint checkpoint, List<String> skipped) implements LatestCheckpoint {}

    /** There is none that could be used. */
    record NoCheckpoint(List<String> skipped) implements LatestCheckpoint {}
}
