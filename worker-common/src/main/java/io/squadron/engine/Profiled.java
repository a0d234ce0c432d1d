package io.squadron.engine;

import java.util.Map;

/** A {@link Session} that says where its time and its memory go. Observing costs a clock reading for each part. */
public interface Profiled {
    /** What kinds of work that are convolutions begin with in {@link #laps}. */
    String CONVOLUTION = "convolution";

    /** What a session compiles plans for. */
    enum Pass {
        /** {@link Session#step}. */
        STEP,
        /** {@link Session#infer}. */
        INFERENCE
    }

    /**
     * Nanoseconds of the last call by kind of work ("convolution forward", "reorder", "input"), in the order in which the
     * kinds first came. A copy.
     */
    Map<String, Long> laps();

    /**
     * Computes the convolutions of the plan for {@code count} images and nothing else of it: how long this takes is a bound
     * on how fast the plan can be. Works on whatever values the last pass left; what it computes is of no use, and no later
     * call sees it.
     */
    void convolutionsAlone(Pass pass, int count);

    /** The memory of the plan for {@code count} images. */
    Footprint footprint(Pass pass, int count);

    /**
     * Native memory, in bytes.
     *
     * @param arena where activations, their gradients and scratchpads lie
     * @param withoutReuse what they would take if none shared its place
     * @param vectors the native copy of the flat weights, and gradients that lie beside it
     */
    record Footprint(long arena, long withoutReuse, long vectors) {
        /** Of a session whose passes take turns in one arena. */
        public Footprint merge(Footprint other) {
            return new Footprint(Math.max(arena, other.arena), Math.max(withoutReuse, other.withoutReuse), vectors);
        }
    }
}
