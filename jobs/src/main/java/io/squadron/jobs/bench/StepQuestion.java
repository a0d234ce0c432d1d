package io.squadron.jobs.bench;

import io.squadron.failure.Failure;
import java.util.List;

/**
 * Everything that one bench of a step is asked.
 *
 * @param batches images of a step; all variants are measured for each
 * @param warmup turns that are not counted
 * @param steps turns that are counted
 */
public record StepQuestion(Subject subject, List<Integer> batches, List<Variant> variants, int warmup, int steps) {
    /** The largest batch that is not a slip of the finger. */
    private static final int LARGEST_BATCH = 4096;

    public StepQuestion {
        batches = List.copyOf(batches);
        variants = List.copyOf(variants);
        for (int batch : batches) {
            require("a batch of", batch, 1, LARGEST_BATCH);
        }
        for (Variant variant : variants) {
            require("a number of threads of", variant.threads(), 1, 1024);
        }
        require("a number of warm-up steps of", warmup, 0, Integer.MAX_VALUE);
        require("a number of steps of", steps, 1, Integer.MAX_VALUE);
        if (batches.isEmpty() || variants.isEmpty()) {
            throw Failure.usage("Cannot bench nothing (expected a batch, an engine, a precision and threads)");
        }
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw Failure.usage("Cannot bench with %s %d (expected %d to %d)", what, value, least, most);
        }
    }
}
