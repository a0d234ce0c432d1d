package io.squadron.jobs.bench.sync;

import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.TrainingEvent.RoundEnded;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured.
 *
 * @param load average of the last minute, when the measuring began
 * @param sums of a vector as long as the network's weights
 * @param rounds of each arm, over all its turns
 */
public record SyncAnswer(SyncQuestion question, double load, Sums sums, Map<Arm, List<Round>> rounds) {
    public SyncAnswer {
        rounds = Map.copyOf(rounds);
    }

    /**
     * Two processes, each of which moves {@code bytes} both ways; medians.
     *
     * @param ours seconds of a sum over Spark's transport
     * @param plain seconds of a pair of sockets with nothing to add
     */
    record Sums(long bytes, double ours, double plain) {
        double ratio() {
            return plain / ours;
        }
    }

    /**
     * A round; all in seconds, the waits of the rank that worked longest.
     *
     * @param seconds by the driver's clock
     * @param work of the rank that was busy longest: reading, computing and waiting for other ranks
     */
    record Round(double seconds, double work, double normWait, double gradientWait) {
        static Round of(RoundEnded ended) {
            RankTiming longest = ended.timings().stream()
                    .max(java.util.Comparator.comparingDouble(Round::work))
                    .orElseThrow();
            return new Round(ended.seconds(), work(longest), longest.normWait(), longest.gradientWait());
        }

        private static double work(RankTiming timing) {
            return timing.read() + timing.compute() + timing.normWait() + timing.gradientWait();
        }

        /** What is no work of a rank: Spark's scheduling, the agreement on the state and its hash, the report. */
        double rest() {
            return seconds - work;
        }
    }

    double median(Arm arm, ToDoubleFunction<Round> what) {
        double[] sorted = rounds.get(arm).stream().mapToDouble(what).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double imagesPerSecond(Arm arm) {
        return question.samples() / median(arm, Round::seconds);
    }

    /** How fast two executors are, of one with both cores. */
    double twoOfOne() {
        return imagesPerSecond(Arm.EXACT) / imagesPerSecond(Arm.ALONE);
    }

    /** How much longer exact batch norms take than local ones, as a share. */
    double priceOfExact() {
        return median(Arm.EXACT, Round::seconds) / median(Arm.LOCAL, Round::seconds) - 1;
    }

    /** Of a round of 30 seconds: an upper bound, see {@link Round#rest}. */
    double sparksShare() {
        return median(Arm.EXACT, Round::rest) / 30;
    }
}
