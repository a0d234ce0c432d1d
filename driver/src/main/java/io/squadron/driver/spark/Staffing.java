package io.squadron.driver.spark;

import java.time.Duration;

/**
 * What a run does when executors are missing or lost.
 *
 * @param replicas it is to have
 * @param minimum of them with which a round may go on
 * @param patience how long to wait for missing executors, before it goes on with fewer or gives up
 * @param retries of a round whose ranks lost each other
 */
public record Staffing(int replicas, int minimum, Duration patience, int retries) {
    public Staffing {
        if (minimum < 1 || minimum > replicas || patience.isNegative() || retries < 0) {
            throw new IllegalArgumentException(
                    "Cannot staff a run with %d to %d replicas, waiting %s, trying %d times again (expected 1 to all)"
                            .formatted(minimum, replicas, patience, retries));
        }
    }

    /** All of them or none; two minutes for executors to come; four tries more. */
    public static Staffing all(int replicas) {
        return new Staffing(replicas, replicas, Duration.ofMinutes(2), 4);
    }
}
