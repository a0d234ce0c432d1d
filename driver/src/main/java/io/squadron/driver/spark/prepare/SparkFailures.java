package io.squadron.driver.spark.prepare;

import io.squadron.failure.Failure;
import java.util.concurrent.Callable;

/** Brings back to the driver what failed on an executor. */
public final class SparkFailures {
    private SparkFailures() {}

    /** The result of {@code work}; when it fails, the Failure at the bottom, or one of RESOURCES that says what Spark said. */
    public static <T> T clear(String what, Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) { // Spark throws checked exceptions that its methods do not declare.
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Failure failure) {
                    throw Failure.of(failure.kind(), "%s", failure.getMessage()).causedBy(e);
                }
            }
            String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw Failure.resources("Cannot %s: Spark's job failed (%s). See the causes below", what, text)
                    .causedBy(e);
        }
    }
}
