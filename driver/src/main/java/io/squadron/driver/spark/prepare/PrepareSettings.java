package io.squadron.driver.spark.prepare;

import io.squadron.driver.source.SourceOptions;
import io.squadron.failure.Failure;

/**
 * What to prepare, and how.
 *
 * @param source URI of a directory or a file
 * @param out URI of the dataset's directory
 * @param seed of the hash that holds samples out
 */
public record PrepareSettings(
        String source, String out, HeldOut heldOut, PrepareLimits limits, long seed, Choices choices) {
    public PrepareSettings(String source, String out, HeldOut heldOut, PrepareLimits limits, long seed) {
        this(source, out, heldOut, limits, seed, Choices.standard());
    }

    /** A tenth held out for validation and a tenth for test, where the source has no folders for them. */
    public static PrepareSettings of(String source, String out) {
        return new PrepareSettings(source, out, new HeldOut(0.1, 0.1), PrepareLimits.standard(), 0);
    }

    public PrepareSettings withHeldOut(HeldOut other) {
        return new PrepareSettings(source, out, other, limits, seed, choices);
    }

    public PrepareSettings withLimits(PrepareLimits other) {
        return new PrepareSettings(source, out, heldOut, other, seed, choices);
    }

    public PrepareSettings withSeed(long other) {
        return new PrepareSettings(source, out, heldOut, limits, other, choices);
    }

    public PrepareSettings withChoices(Choices other) {
        return new PrepareSettings(source, out, heldOut, limits, seed, other);
    }

    public PrepareSettings into(String other) {
        return new PrepareSettings(source, other, heldOut, limits, seed, choices);
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

    /**
     * What is up to taste.
     *
     * @param shrink shorter side in pixels that larger images are shrunk to; 0: all stay as they came
     * @param base URI of the dataset that this one adds to; empty: none
     */
    public record Choices(SourceOptions reading, Duplicates duplicates, int shrink, String base) {
        public Choices {
            if (shrink < 0) {
                throw Failure.usage("Cannot shrink images to %d pixels (expected 0 or more). Correct the size", shrink);
            }
        }

        public static Choices standard() {
            return new Choices(SourceOptions.standard(), Duplicates.REPORT, 0, "");
        }

        public Choices reading(SourceOptions other) {
            return new Choices(other, duplicates, shrink, base);
        }

        public Choices withDuplicates(Duplicates other) {
            return new Choices(reading, other, shrink, base);
        }

        public Choices withShrink(int other) {
            return new Choices(reading, duplicates, other, base);
        }

        public Choices withBase(String other) {
            return new Choices(reading, duplicates, shrink, other);
        }
    }

    /** What becomes of images that are there more than once, by the hash of their content. */
    public enum Duplicates {
        /** All stay; those in several splits or classes are listed. */
        REPORT,
        /** One of each stays: of test before validation before training. */
        DROP,
        /** Any in several splits or classes stop the job. */
        FAIL
    }
}
