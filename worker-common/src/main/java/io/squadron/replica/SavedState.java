package io.squadron.replica;

import java.io.Serializable;
import java.util.List;

/**
 * A complete state on storage.
 *
 * @param directory URI that holds the parts
 * @param step the number of steps behind it
 * @param updates the optimiser made
 * @param parts in rank order; together they hold every element of every vector once
 */
public record SavedState(String directory, long step, long updates, List<SavedPart> parts) implements Serializable {
    public SavedState {
        parts = List.copyOf(parts);
    }
}
