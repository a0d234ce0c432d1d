package io.squadron.driver.report;

/**
 * How fast a run goes, smoothed: an exponential mean over time with a time constant of 30 seconds, so that single slow
 * steps do not make the estimate jump. The pauses between rounds count, for they will come again. Mutable.
 */
final class Pace {
    private static final double CONSTANT_SECONDS = 30;

    private final double startSeconds;
    private double lastSeconds;
    private long lastStep;
    private double secondsPerStep = Double.NaN;

    Pace(long step, long nanos) {
        this.lastStep = step;
        this.startSeconds = nanos * 1e-9;
        this.lastSeconds = startSeconds;
    }

    /** At {@code nanos}, {@code step} steps are done. A step that was seen already (a round tried again) changes nothing. */
    void observe(long step, long nanos) {
        double now = nanos * 1e-9;
        if (step <= lastStep || now <= lastSeconds) {
            return;
        }
        double elapsed = now - lastSeconds;
        double latest = elapsed / (step - lastStep);
        double keep = Double.isNaN(secondsPerStep) ? 0 : Math.exp(-elapsed / CONSTANT_SECONDS);
        secondsPerStep = keep == 0 ? latest : keep * secondsPerStep + (1 - keep) * latest;
        lastStep = step;
        lastSeconds = now;
    }

    /** NaN before the first step. */
    double secondsPerStep() {
        return secondsPerStep;
    }

    /** Seconds until {@code totalSteps} are done; NaN before the first step. */
    double left(long totalSteps) {
        return secondsPerStep * Math.max(0, totalSteps - lastStep);
    }

    double elapsed(long nanos) {
        return nanos * 1e-9 - startSeconds;
    }
}
