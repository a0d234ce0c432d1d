package io.squadron.replica;

import java.io.Serializable;

/**
 * How one rank began a round: in a quiet run every round but the first finds its session kept and its state held.
 *
 * @param startStep at which the state of the round's start stands
 */
public record RankStart(int rank, long startStep, Session session, State state) implements Serializable {
    /** Where its engine session comes from. */
    public enum Session {
        /** From the round before, with all that it has compiled. */
        KEPT,
        /** Opened for this round. */
        OPENED
    }

    /** Where the state of the round's start comes from. */
    public enum State {
        /** It was there. */
        HELD,
        /** The rank was further, or in the middle of this round, and went back. */
        WENT_BACK,
        /** Another rank sent it. */
        RECEIVED,
        /** Nobody had it: from the checkpoint, or from the seed at the beginning of a run. */
        RESTORED
    }
}
