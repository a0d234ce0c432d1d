package io.squadron.engine;

/**
 * What a session shares with the other sessions of its group while it works.
 *
 * @param normSync whose samples batch norm looks at in training
 * @param gradients hears of each slice of the gradient as soon as it is final
 */
public record Peers(NormSync normSync, GradientListener gradients) {
    /** Own statistics, and nobody who waits for gradients. */
    public static Peers none() {
        return new Peers(NormSync.local(), GradientListener.none());
    }
}
