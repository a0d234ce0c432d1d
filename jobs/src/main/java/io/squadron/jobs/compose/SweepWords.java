package io.squadron.jobs.compose;

import io.squadron.driver.experiment.Comparison;
import java.util.Locale;

/** The results of a sweep as a table for the terminal. */
final class SweepWords {
    private SweepWords() {}

    static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder(" best, mean  spread  at the end  epochs  runs  setting\n");
        for (Comparison.Row row : comparison.rows()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%10s%%  %6s  %9s%%  %6.1f  %4d  %s%s%n",
                    percent(row.best().mean()),
                    percent(row.best().deviation()),
                    percent(row.last().mean()),
                    row.epochs(),
                    row.best().count(),
                    row.setting().label(),
                    row.failures() > 0 ? " (" + row.failures() + " failed)" : ""));
        }
        return text.append(comparison.verdict()).toString();
    }

    private static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.2f", 100 * share) : "-";
    }
}
