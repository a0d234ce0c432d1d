package io.squadron.engine;

import java.io.Serializable;

/**
 * What a session computes with.
 *
 * @param threads cores it may use
 */
public record Compute(int threads, Precision precision) implements Serializable {
    /** float32 on one core. */
    public static Compute plain() {
        return new Compute(1, Precision.FLOAT32);
    }
}
