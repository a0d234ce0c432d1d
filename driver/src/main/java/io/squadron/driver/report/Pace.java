package io.squadron.driver.report;

/**
 * How fast a run goes: seconds over steps, both fading with a time constant of 30 seconds, so that a slow first step
 * weighs no more than the seconds it took. The pauses between rounds count, for they will come again. Mutable.
 */
final class Pace {
    private static final double CONSTANT_SECONDS = 30;

    private final double startSeconds;
    private double lastSeconds;
    private long lastStep;
    private double fadingSeconds;
    private double fadingSteps;

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
        double keep = Math.exp(-elapsed / CONSTANT_SECONDS);
        fadingSeconds = keep * fadingSeconds + elapsed;
        fadingSteps = keep * fadingSteps + (step - lastStep);
        lastStep = step;
        lastSeconds = now;
    }

    /** NaN before the first step. */
    double secondsPerStep() {
        return fadingSeconds / fadingSteps;
    }

    /** Seconds until {@code totalSteps} are done; NaN before the first step. */
    double left(long totalSteps) {
        return secondsPerStep() * Math.max(0, totalSteps - lastStep);
    }

    double elapsed(long nanos) {
        return nanos * 1e-9 - startSeconds;
    }
}
