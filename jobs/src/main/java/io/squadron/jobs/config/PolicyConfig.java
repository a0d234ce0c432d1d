package io.squadron.jobs.config;

import java.io.Serializable;

/** A policy that draws the augmentations by itself. */
public record PolicyConfig(Name name, int operations, int magnitude, int severity) implements Checked, Serializable {
    /** Which one. */
    public enum Name {
        NONE,
        RAND_AUGMENT,
        TRIVIAL_AUGMENT,
        AUG_MIX
    }

    @Override
    public void check(Checks checks) {
        checks.within("operations", operations, 1, 16);
        checks.within("magnitude", magnitude, 0, 30);
        checks.within("severity", severity, 1, 10);
    }
}
