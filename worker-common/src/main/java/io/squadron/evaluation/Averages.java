package io.squadron.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall and F1 over the classes that occur, as labels or as predictions; a 0/0 among them counts as 0, so that
 * a class that is never predicted pulls the average down. NaN when no class occurs.
 */
public record Averages(double precision, double recall, double f1) {
    /** Every class alike. */
    static Averages macro(List<ClassMetrics> classes) {
        return weighted(classes, each -> each.occurs() ? 1 : 0);
    }

    /** Every class by its samples. */
    static Averages bySupport(List<ClassMetrics> classes) {
        return weighted(classes, ClassMetrics::support);
    }

    private static Averages weighted(List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> weight) {
        return new Averages(
                mean(classes, weight, ClassMetrics::precision),
                mean(classes, weight, ClassMetrics::recall),
                mean(classes, weight, ClassMetrics::f1));
    }

    private static double mean(
            List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> weight, ToDoubleFunction<ClassMetrics> value) {
        double sum = 0;
        double total = 0;
        for (ClassMetrics each : classes) {
            double known = value.applyAsDouble(each);
            sum += weight.applyAsDouble(each) * (Double.isNaN(known) ? 0 : known);
            total += weight.applyAsDouble(each);
        }
        return sum / total;
    }
}
