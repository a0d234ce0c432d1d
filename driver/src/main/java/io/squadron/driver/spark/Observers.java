package io.squadron.driver.spark;

import io.squadron.replica.StepObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the tasks of this JVM find who watches their run: with a local master the driver is in the same JVM. */
final class Observers {
    private static final Map<String, StepObserver> BY_RUN = new ConcurrentHashMap<>();

    private Observers() {}

    static void put(String run, StepObserver observer) {
        BY_RUN.put(run, observer);
    }

    static StepObserver of(String run) {
        return BY_RUN.getOrDefault(run, StepObserver.none());
    }

    static void remove(String run) {
        BY_RUN.remove(run);
    }
}
