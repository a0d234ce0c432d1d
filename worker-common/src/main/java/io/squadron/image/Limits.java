package io.squadron.image;

import io.squadron.failure.Failure;

/** Checks the numbers that augmentations are made of. */
final class Limits {
    private Limits() {}

    static void within(String what, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw Failure.usage(
                    "Cannot augment with %s %s (expected %s to %s). Correct the augmentation", what, value, low, high);
        }
    }

    /** An interval whose ends lie in order between {@code least} and {@code most}. */
    static void interval(String what, double low, double high, double least, double most) {
        within("lowest " + what, low, least, most);
        within("highest " + what, high, low, most);
    }
}
