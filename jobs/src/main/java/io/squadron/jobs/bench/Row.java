package io.squadron.jobs.bench;

import io.squadron.engine.Profiled;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What came out for one variant and batch. */
public sealed interface Row {
    Variant variant();

    int batch();

    /** This variant cannot be computed here, and why. */
    record Refused(Variant variant, int batch, String why) implements Row {}

    /**
     * It was measured.
     *
     * @param millis of the median step
     * @param split milliseconds of that step by kind of work; empty where the engine does not say
     * @param bounds what the step is to be held against
     * @param gigaflops operations of a step, in thousands of millions
     * @param space the memory it takes
     */
    record Measured(
            Variant variant,
            int batch,
            double millis,
            Map<String, Double> split,
            Bounds bounds,
            Work gigaflops,
            Space space)
            implements Row {

        double imagesPerSecond() {
            return 1000.0 * batch / millis;
        }

        double gigaflopsPerSecond() {
            return 1000.0 * gigaflops.all() / millis;
        }

        /** How much of the step the convolutions alone would take. */
        OptionalDouble shareOfCeiling() {
            return bounds.ceilingMillis().isPresent()
                    ? OptionalDouble.of(bounds.ceilingMillis().getAsDouble() / millis)
                    : OptionalDouble.empty();
        }

        Measured with(Peak peak) {
            Space seen = new Space(space.footprint(), space.vectorBytes(), Optional.of(peak));
            return new Measured(variant, batch, millis, split, bounds, gigaflops, seen);
        }
    }

    /**
     * Measured in the same turns.
     *
     * @param ceilingMillis the plan's convolutions alone
     * @param inferenceMillis inference by the same session, beside a frozen body
     */
    record Bounds(OptionalDouble ceilingMillis, OptionalDouble inferenceMillis) {}

    /** Operations of a step, in thousands of millions. */
    record Work(double convolutions, double all) {}

    /**
     * Memory.
     *
     * @param footprint of the session's native memory, where it says
     * @param vectorBytes flat vectors on the heap: weights, gradient, momentum
     * @param peak of a process with this variant alone, where one was started or this is one
     */
    record Space(Optional<Profiled.Footprint> footprint, long vectorBytes, Optional<Peak> peak) {}

    /**
     * The largest resident memory of a process (VmHWM).
     *
     * @param heapBytes the largest heap that its JVM might use
     */
    record Peak(long residentBytes, long heapBytes) {}
}
