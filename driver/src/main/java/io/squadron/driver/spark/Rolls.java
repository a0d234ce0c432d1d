package io.squadron.driver.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The driver's list of who has come to each attempt of a round, until the round is over. Thread-safe. */
final class Rolls {
    private static final Map<Key, List<String>> OPEN = new ConcurrentHashMap<>();

    private record Key(String run, String attempt) {}

    private Rolls() {}

    /** Notes who has come; the addresses by rank, empty where nobody has come yet. */
    static List<String> answer(News.Present present) {
        List<String> addresses = OPEN.computeIfAbsent(
                new Key(present.run(), present.attempt()),
                absent -> new ArrayList<>(Collections.nCopies(present.size(), "")));
        synchronized (addresses) {
            addresses.set(present.rank(), present.address());
            return new ArrayList<>(addresses);
        }
    }

    /** Forgets all attempts of a run. */
    static void forget(String run) {
        OPEN.keySet().removeIf(key -> key.run().equals(run));
    }
}
