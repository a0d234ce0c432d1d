package io.squadron.driver.spark.prepare;

import io.squadron.failure.Failure;

/**
 * What to prepare, and how.
 *
 * @param source URI of class folders, or of a directory of IDX files
 * @param out URI of the dataset's directory
 * @param seed of the hash that holds samples out
 */
public record PrepareSettings(String source, String out, HeldOut heldOut, PrepareLimits limits, long seed) {
    /** A tenth held out for validation and a tenth for test, where the source has no folders for them. */
    public static PrepareSettings of(String source, String out) {
        return new PrepareSettings(source, out, new HeldOut(0.1, 0.1), PrepareLimits.standard(), 0);
    }

    public PrepareSettings withHeldOut(HeldOut other) {
        return new PrepareSettings(source, out, other, limits, seed);
    }

    public PrepareSettings withLimits(PrepareLimits other) {
        return new PrepareSettings(source, out, heldOut, other, seed);
    }

    public PrepareSettings withSeed(long other) {
        return new PrepareSettings(source, out, heldOut, limits, other);
    }

    /**
     * Shares of the images without a given split that are not trained on. Each image is drawn by a hash of its content, so
     * that it stays where it is when others come or go, and copies of it stay together.
     */
    public record HeldOut(double validation, double test) {
        public HeldOut {
            if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
                throw Failure.usage(
                        "Cannot hold out %s for validation and %s for test (expected shares from 0 on that leave "
                                + "something to train on). Correct the shares",
                        validation, test);
            }
        }
    }
}
