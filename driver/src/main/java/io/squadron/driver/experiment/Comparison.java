package io.squadron.driver.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The results of a sweep, setting by setting. */
public record Comparison(List<TrialResult> results) {
    /** How many standard errors two means have to lie apart to be called different: roughly 95% of many seeds. */
    private static final double ERRORS = 2;

    /**
     * A setting over its seeds.
     *
     * @param best of the highest validation accuracy of each run
     * @param last of that at each run's end
     * @param epochs that its runs came to, the fewest
     */
    public record Row(Setting setting, List<TrialResult> trials, Spread best, Spread last, double epochs) {
        static Row of(Setting setting, List<TrialResult> trials) {
            List<TrialResult> counting =
                    trials.stream().filter(TrialResult::counts).toList();
            return new Row(
                    setting,
                    List.copyOf(trials),
                    Spread.of(counting.stream().map(TrialResult::best).toList()),
                    Spread.of(counting.stream().map(TrialResult::last).toList()),
                    counting.stream().mapToDouble(TrialResult::epochs).min().orElse(0));
        }

        public long failures() {
            return trials.stream()
                    .filter(each -> each.status() == TrialResult.Status.FAILED)
                    .count();
        }
    }

    public Comparison {
        results = List.copyOf(results);
    }

    /** Best mean first; before that those that came further, so that halving's survivors lead. What has no figure is last. */
    public List<Row> rows() {
        Map<Setting, List<TrialResult>> bySetting = new LinkedHashMap<>();
        results.forEach(each -> bySetting
                .computeIfAbsent(each.trial().setting(), key -> new ArrayList<>())
                .add(each));
        return bySetting.entrySet().stream()
                .map(each -> Row.of(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing((Row row) -> row.best().count() == 0)
                        .thenComparing(
                                Comparator.comparingDouble(Comparison::stage).reversed())
                        .thenComparing(Comparator.comparingDouble(
                                        (Row row) -> row.best().mean())
                                .reversed()))
                .toList();
    }

    /** Whole runs count alike, however early they stopped. */
    private static double stage(Row row) {
        boolean whole = row.trials().stream()
                .filter(TrialResult::counts)
                .allMatch(each -> each.status() == TrialResult.Status.DONE);
        return whole ? Double.POSITIVE_INFINITY : row.epochs();
    }

    /**
     * Of {@code taking} those that have a figure, best first by the mean accuracy when {@code epochs} were done: what halving
     * goes by. Later figures do not matter, so a sweep that is begun again chooses as it did.
     */
    public List<Setting> best(List<Setting> taking, double epochs) {
        Map<Setting, Double> means = new LinkedHashMap<>();
        for (Setting setting : taking) {
            List<Double> values = results.stream()
                    .filter(each -> each.trial().setting().equals(setting) && each.counts())
                    .map(each -> each.at(epochs))
                    .toList();
            means.put(setting, Spread.of(values).mean());
        }
        return taking.stream()
                .filter(setting -> Double.isFinite(means.get(setting)))
                .sorted(Comparator.comparingDouble((Setting setting) -> means.get(setting))
                        .reversed())
                .toList();
    }

    /** Keys that every setting sets to a number, with at least two different ones. */
    public List<String> numericKeys() {
        Set<String> keys = new LinkedHashSet<>();
        results.forEach(each -> each.trial().setting().assignments().forEach(set -> keys.add(set.key())));
        return keys.stream()
                .filter(key -> results.stream()
                        .allMatch(each -> each.trial().setting().number(key).isPresent()))
                .filter(key -> results.stream()
                                .map(each -> each.trial().setting().number(key))
                                .distinct()
                                .count()
                        > 1)
                .toList();
    }

    /** In words, how the best setting stands to the next, with the caution that is due. */
    public String verdict() {
        List<Row> rows = rows().stream().filter(row -> row.best().count() > 0).toList();
        if (rows.size() < 2) {
            return "There is nothing to compare yet.";
        }
        Spread first = rows.get(0).best();
        Spread second = rows.get(1).best();
        double error = first.errorOfDifference(second);
        if (stage(rows.get(0)) != stage(rows.get(1))) {
            return "The first setting came further than the others, which were left behind on the way.";
        }
        if (Double.isNaN(error)) {
            return "A single seed says nothing about luck: run at least three (--seeds 1,2,3) before you choose.";
        }
        double difference = first.mean() - second.mean();
        return difference > ERRORS * error
                ? "The first setting is better than the second by more than twice the standard error of the difference."
                : "The first two settings are not told apart: their difference is less than twice its standard error.";
    }
}
