package io.squadron.driver.registry;

import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which model is promoted, and how it came to be: the one file of a registry that decides what is served.
 *
 * @param model id of the night that made it; empty: none yet
 * @param moves the oldest first
 */
public record Pointer(String model, List<Move> moves) {
    public Pointer {
        moves = List.copyOf(moves);
    }

    /** Why a pointer was moved. */
    public enum Why {
        PROMOTED,
        ROLLED_BACK
    }

    /**
     * One change.
     *
     * @param from empty: nothing was promoted before
     * @param at ISO 8601, UTC
     */
    public record Move(String to, String from, String at, Why why) {}

    public static Pointer nowhere() {
        return new Pointer("", List.of());
    }

    public Pointer to(String other, String at, Why why) {
        List<Move> more = new ArrayList<>(moves);
        more.add(new Move(other, model, at, why));
        return new Pointer(other, more);
    }

    /** Whether {@code other} has ever been promoted. */
    public boolean knows(String other) {
        return moves.stream().anyMatch(move -> move.to().equals(other));
    }

    /** What was promoted when the model of now was promoted first; fails with STATE where there was nothing. */
    public String before() {
        Optional<String> before = moves.stream()
                .filter(move -> move.to().equals(model) && move.why() == Why.PROMOTED)
                .map(Move::from)
                .findFirst();
        return before.filter(each -> !each.isEmpty())
                .orElseThrow(() -> Failure.state(
                        "Cannot roll back from '%s': nothing was promoted before it. Name a model with --to", model));
    }
}
