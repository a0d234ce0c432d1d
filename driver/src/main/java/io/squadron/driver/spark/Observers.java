package io.squadron.driver.spark;

import io.squadron.driver.training.RoundProgress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who watches which run in the driver's JVM: found by tasks that are its threads, and by messages of the others. */
final class Observers {
    private static final Map<String, RoundProgress> BY_RUN = new ConcurrentHashMap<>();

    private Observers() {}

    static void put(String run, RoundProgress observer) {
        BY_RUN.put(run, observer);
    }

    /** Empty in executors, and once the run is over. */
    static Optional<RoundProgress> of(String run) {
        return Optional.ofNullable(BY_RUN.get(run));
    }

    static void remove(String run) {
        BY_RUN.remove(run);
    }
}
