package io.squadron.driver.schedule;

import java.io.Serializable;

/**
 * A stretch of a run in which the same is trained on inputs of one size.
 *
 * @param from its first step
 * @param size side of the training inputs, in pixels
 * @param frozenStages how many stages, counted from the image, the recipe keeps as they are
 * @param rate factor on the learning rate
 */
public record Stretch(long from, int size, int frozenStages, double rate) implements Serializable {
    boolean alike(Stretch other) {
        return size == other.size && frozenStages == other.frozenStages && rate == other.rate;
    }
}
