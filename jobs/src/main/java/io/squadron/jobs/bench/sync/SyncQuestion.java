package io.squadron.jobs.bench.sync;

import io.squadron.failure.Failure;

/**
 * What one bench of the synchronisation is asked.
 *
 * @param batch images of a step, over all replicas
 * @param size edge of the images, in pixels
 * @param precision as the configuration names it
 * @param steps of a round
 * @param rounds that count, of each run
 * @param turns how often each arm runs
 */
public record SyncQuestion(
        String architecture, int batch, int size, String precision, int steps, int rounds, int turns) {
    public SyncQuestion {
        require("a batch of", batch, 2, 4096);
        require("an edge of", size, 28, 256);
        require("steps of a round", steps, 1, 10_000);
        require("rounds", rounds, 1, 1000);
        require("turns", turns, 1, 1000);
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw Failure.usage("Cannot bench with %s %d (expected %d to %d)", what, value, least, most);
        }
    }

    /** Images of a round. */
    int samples() {
        return batch * steps;
    }

    /** Epochs of a run, one round each: the first opens the engines, the last evaluates; neither counts. */
    int epochs() {
        return rounds + 2;
    }
}
