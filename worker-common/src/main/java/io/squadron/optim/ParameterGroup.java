package io.squadron.optim;

import java.io.Serializable;

/**
 * A stretch of the flat weights that is treated alike.
 *
 * @param offset first element
 * @param length elements
 * @param rate factor on the learning rate
 * @param weightDecay of this stretch, per unit of learning rate
 */
public record ParameterGroup(int offset, int length, double rate, double weightDecay) implements Serializable {
    /** The element after the last. */
    public int end() {
        return offset + length;
    }
}
