package io.squadron.dataset;

import java.io.Serializable;

/**
 * A run of positions in an epoch's order: {@code first} .. {@code end - 1}; may be empty.
 *
 * @param first position of the first sample within the epoch
 * @param end position after the last
 */
public record Share(long first, long end) implements Serializable {
    public Share {
        if (first < 0 || end < first || end - first > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Cannot share out positions %d to %d".formatted(first, end));
        }
    }

    public int size() {
        return (int) (end - first);
    }
}
