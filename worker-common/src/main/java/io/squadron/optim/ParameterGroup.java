package io.squadron.optim;

import java.io.Serializable;
import java.util.List;

/**
 * A stretch of the flat weights that is treated alike.
 *
 * @param offset first element
 * @param length elements
 * @param rate factor on the learning rate
 * @param weightDecay of this stretch, per unit of learning rate
 */
public record ParameterGroup(int offset, int length, double rate, double weightDecay) implements Serializable {
    /** The same stretches at {@code factor} times their rates. */
    public static List<ParameterGroup> timesRate(List<ParameterGroup> groups, double factor) {
        return groups.stream()
                .map(group -> new ParameterGroup(group.offset, group.length, group.rate * factor, group.weightDecay))
                .toList();
    }

    /** The element after the last. */
    public int end() {
        return offset + length;
    }
}
