package io.squadron.diagnosis;

/**
 * One thing that the figures say.
 *
 * @param text what was found, what is healthy by which source, and what to do
 */
public record Finding(Verdict verdict, String text) {
    /** How it stands. */
    public enum Verdict {
        HEALTHY,
        /** Out of the healthy range. */
        LOOK
    }
}
