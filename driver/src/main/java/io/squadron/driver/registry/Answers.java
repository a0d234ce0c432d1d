package io.squadron.driver.registry;

import java.util.BitSet;
import java.util.Set;

/**
 * What a model made of the hold-out.
 *
 * @param known classes that it can answer with
 * @param right samples that it got right, by place in the hold-out
 */
public record Answers(Set<String> known, BitSet right) {
    public Answers {
        known = Set.copyOf(known);
    }
}
