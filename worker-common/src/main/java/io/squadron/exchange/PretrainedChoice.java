package io.squadron.exchange;

import java.io.Serializable;

/**
 * What is taken of a file.
 *
 * @param freshDepth stages, counted from the head, that begin anew although the file has them
 */
public record PretrainedChoice(PretrainedCopy copy, int freshDepth) implements Serializable {
    /** All that fits. */
    public static PretrainedChoice all() {
        return new PretrainedChoice(PretrainedCopy.TRAINED, 0);
    }
}
