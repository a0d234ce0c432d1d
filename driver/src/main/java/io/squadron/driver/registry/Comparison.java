package io.squadron.driver.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Challenger and champion on the same samples. Judged are the classes that both know; those that are new to the challenger
 * are counted beside them.
 *
 * @param samples of classes that both know; of all classes where there is no champion
 * @param champion its share of right answers; NaN without one
 * @param challenger its share of right answers
 * @param gained samples that the challenger alone got right
 * @param lost samples that the champion alone got right
 * @param low lower end of the 95% confidence interval of the difference, by {@link PairedDifference}; NaN without champion
 * @param high its upper end
 * @param objections why the challenger is not promoted, in sentences; empty: it is
 */
public record Comparison(
        int samples,
        double champion,
        double challenger,
        int gained,
        int lost,
        double low,
        double high,
        List<OfClass> classes,
        List<String> objections) {
    public Comparison {
        classes = List.copyOf(classes);
        objections = List.copyOf(objections);
    }

    /**
     * One class.
     *
     * @param champion samples that it got right; -1: it does not know the class
     * @param challenger samples that it got right
     */
    public record OfClass(String name, int samples, int champion, int challenger) {
        /** By how much the share of right answers is lower; 0 where there is nothing to compare. */
        double fall() {
            return samples == 0 || champion < 0 ? 0 : (champion - challenger) / (double) samples;
        }
    }

    /** Without a champion: nothing speaks against the challenger. */
    public static Comparison alone(List<String> classes, int[] labels, Answers challenger) {
        List<OfClass> rows = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            rows.add(new OfClass(classes.get(label), count(labels, label), -1, right(labels, label, challenger)));
        }
        double share = challenger.right().cardinality() / (double) labels.length;
        return new Comparison(labels.length, Double.NaN, share, 0, 0, Double.NaN, Double.NaN, rows, List.of());
    }

    /** Both on the samples whose classes are {@code labels} into {@code classes}. */
    public static Comparison of(
            List<String> classes, int[] labels, Answers champion, Answers challenger, Limits limits) {
        List<OfClass> rows = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            boolean known = champion.known().contains(classes.get(label));
            rows.add(new OfClass(
                    classes.get(label),
                    count(labels, label),
                    known ? right(labels, label, champion) : -1,
                    right(labels, label, challenger)));
        }
        PairedDifference difference = difference(classes, labels, champion, challenger);
        List<OfClass> common = rows.stream().filter(row -> row.champion() >= 0).toList();
        double samples = difference.samples();
        return new Comparison(
                difference.samples(),
                common.stream().mapToInt(OfClass::champion).sum() / samples,
                common.stream().mapToInt(OfClass::challenger).sum() / samples,
                difference.gained(),
                difference.lost(),
                difference.low(),
                difference.high(),
                rows,
                objections(difference, rows, limits));
    }

    private static PairedDifference difference(
            List<String> classes, int[] labels, Answers champion, Answers challenger) {
        int samples = 0;
        int gained = 0;
        int lost = 0;
        for (int i = 0; i < labels.length; i++) {
            if (champion.known().contains(classes.get(labels[i]))) {
                samples++;
                gained += challenger.right().get(i) && !champion.right().get(i) ? 1 : 0;
                lost += champion.right().get(i) && !challenger.right().get(i) ? 1 : 0;
            }
        }
        return new PairedDifference(samples, gained, lost);
    }

    private static List<String> objections(PairedDifference difference, List<OfClass> rows, Limits limits) {
        List<String> objections = new ArrayList<>();
        if (!(difference.low() > -limits.margin())) {
            objections.add(String.format(
                    Locale.ROOT,
                    "the difference is %+.4f, at least %+.4f with 95%% confidence (expected above %+.4f, by retrain.margin)",
                    difference.difference(),
                    difference.low(),
                    0 - limits.margin()));
        }
        rows.stream()
                .filter(row -> row.fall() > limits.classFall())
                .map(row -> String.format(
                        Locale.ROOT,
                        "class '%s' falls from %d to %d of %d (expected a fall of at most %.4f, by retrain.class-fall)",
                        row.name(),
                        row.champion(),
                        row.challenger(),
                        row.samples(),
                        limits.classFall()))
                .forEach(objections::add);
        return objections;
    }

    private static int count(int[] labels, int label) {
        int count = 0;
        for (int each : labels) {
            count += each == label ? 1 : 0;
        }
        return count;
    }

    private static int right(int[] labels, int label, Answers answers) {
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            count += labels[i] == label && answers.right().get(i) ? 1 : 0;
        }
        return count;
    }
}
