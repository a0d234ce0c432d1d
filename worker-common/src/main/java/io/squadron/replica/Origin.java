package io.squadron.replica;

import java.io.Serializable;

/** Where a replica finds the state of a round's start when no replica holds it any more. */
public sealed interface Origin extends Serializable {
    /** The beginning of a run: a function of the seed. */
    record Fresh() implements Origin {}

    /** A committed checkpoint. */
    record Saved(SavedState state) implements Origin {}
}
