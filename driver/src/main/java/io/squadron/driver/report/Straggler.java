package io.squadron.driver.report;

import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.TrainingEvent.RoundEnded;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A place whose ranks held all others up. By place, not by rank: Spark gives a rank to another executor every round.
 *
 * @param place an executor, or a rank where all are threads of one JVM
 * @param ratio its time for computing over the median rank's, in the rounds that it took part in
 * @param slowRounds of those, the ones in which it was slow
 */
record Straggler(String place, double ratio, int slowRounds, int rounds) {
    /** So many times the median is slow. */
    static final double SLOW = 1.5;

    /** Those of a run, in the order of their names. */
    static List<Straggler> in(List<RoundEnded> rounds) {
        Map<String, Sums> places = new TreeMap<>();
        for (RoundEnded round : rounds) {
            double median = median(round.timings());
            for (RankTiming each : round.timings()) {
                String place = each.place().isEmpty() ? "rank " + each.rank() : each.place();
                places.merge(place, Sums.of(each.compute(), median), Sums::plus);
            }
        }
        return places.entrySet().stream()
                .map(each -> each.getValue().at(each.getKey()))
                .filter(each -> each.ratio() > SLOW)
                .toList();
    }

    /** The lower one of two in the middle: of two ranks the slower one is compared with the faster. */
    private static double median(List<RankTiming> timings) {
        double[] sorted =
                timings.stream().mapToDouble(RankTiming::compute).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
    }

    private record Sums(double compute, double median, int slow, int rounds) {
        static Sums of(double compute, double median) {
            return new Sums(compute, median, compute > SLOW * median ? 1 : 0, 1);
        }

        Sums plus(Sums other) {
            return new Sums(compute + other.compute, median + other.median, slow + other.slow, rounds + other.rounds);
        }

        Straggler at(String place) {
            return new Straggler(place, median > 0 ? compute / median : 1, slow, rounds);
        }
    }
}
