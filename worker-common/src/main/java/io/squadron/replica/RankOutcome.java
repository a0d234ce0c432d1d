package io.squadron.replica;

import io.squadron.failure.Failure;
import java.io.Serializable;

/** How a round ended for one rank: a report, or a failure that travels as a value, so that nobody retries it blindly. */
public sealed interface RankOutcome extends Serializable {
    int rank();

    /** The round's work is done. */
    record Done(int rank, RankReport report) implements RankOutcome {}

    /** No rank holds the state that the round starts from, and the origin is of another step. */
    record StateLost(int rank) implements RankOutcome {}

    /**
     * The rank could not go on.
     *
     * @param cause what stopped it
     */
    record Failed(int rank, Cause cause) implements RankOutcome {}

    /**
     * Why a rank failed.
     *
     * @param kind of the failure, {@link Failure.Kind#REPLICA} if it only followed another rank
     * @param message for people
     * @param trace stack trace where the cause is a bug; empty where it is a {@link Failure}
     */
    record Cause(Failure.Kind kind, String message, String trace) implements Serializable {}
}
