package io.squadron.driver.spark.prepare;

import io.squadron.failure.Failure;

/**
 * Where preparation stops or starts something new.
 *
 * @param rejectShare most damaged images as a share of all; more of them stop the job
 * @param pixels most pixels of one image; a larger one is damaged
 * @param shardBytes most bytes of a shard, unless a single image is larger
 */
public record PrepareLimits(double rejectShare, long pixels, long shardBytes) {
    public PrepareLimits {
        if (!(rejectShare >= 0 && rejectShare <= 1) || pixels < 1 || shardBytes < 1) {
            throw Failure.usage(
                    "Cannot prepare with a reject share of %s, %d pixels and %d bytes per shard "
                            + "(expected a share from 0 to 1 and positive sizes). Correct the limits",
                    rejectShare, pixels, shardBytes);
        }
    }

    /** One image in a hundred, 64 million pixels, 64 MiB. */
    public static PrepareLimits standard() {
        return new PrepareLimits(0.01, 64_000_000, 64L << 20);
    }
}
