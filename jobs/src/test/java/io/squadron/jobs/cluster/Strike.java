package io.squadron.jobs.cluster;

import java.util.List;

/**
 * One blow at a run, and what it cost.
 *
 * @param run number of the run
 * @param kind what was killed
 * @param round the round that ran, counted from 0
 * @param into milliseconds since the end of the round before
 * @param processes killed
 * @param seconds from the last kill until the next round had ended, that round's own work included
 * @param repeated whole rounds that had ended before and were done again
 */
record Strike(int run, Kind kind, int round, long into, int processes, double seconds, int repeated) {
    /** What is killed. */
    enum Kind {
        /** One executor, anyone. */
        EXECUTOR,
        /** Two executors of three at the same moment. */
        TWO_EXECUTORS,
        /** One executor, and soon after its successor has started any one again: often while the state is handed over. */
        HAND_OVER,
        /** The driver; then the run is resumed. */
        DRIVER
    }

    /** The kinds that one run meets, in an order of its own. */
    static final List<Kind> DECK = List.of(
            Kind.EXECUTOR,
            Kind.EXECUTOR,
            Kind.EXECUTOR,
            Kind.EXECUTOR,
            Kind.TWO_EXECUTORS,
            Kind.TWO_EXECUTORS,
            Kind.HAND_OVER,
            Kind.HAND_OVER,
            Kind.DRIVER,
            Kind.DRIVER);

    String row() {
        return "| %d | %s | %d | %d | %d | %.1f | %d |"
                .formatted(
                        run,
                        kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                        round,
                        into,
                        processes,
                        seconds,
                        repeated);
    }
}
