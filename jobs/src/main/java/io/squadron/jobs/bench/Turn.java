package io.squadron.jobs.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One measured step.
 *
 * @param nanos of the whole
 * @param split nanoseconds by kind of work, as far as the session says
 */
record Turn(long nanos, Map<String, Long> split) {
    /** The turn in the middle; of an even number, the quicker of the two. It is one that happened, so that its parts add up. */
    static Turn median(List<Turn> turns) {
        return turns.stream()
                .sorted(Comparator.comparingLong(Turn::nanos))
                .skip((turns.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }
}
