package io.squadron.driver.report;

import io.squadron.evaluation.Averages;
import io.squadron.evaluation.ClassMetrics;
import io.squadron.evaluation.ConfusedPair;
import io.squadron.evaluation.Metrics;
import java.util.Comparator;
import java.util.List;

/** What is taken for what, and how well each class is recognised. */
final class ClassesSection {
    /** A larger matrix no longer fits a page: the classes with most mistakes are shown. */
    private static final int MOST_SHOWN = 40;

    private static final int MOST_PAIRS = 12;

    private ClassesSection() {}

    static void write(Markup page, ReportData data, Metrics metrics) {
        page.open("section").element("h2", "What is taken for what");
        List<Integer> shown = shown(metrics);
        if (shown.size() < data.classes().size()) {
            page.element(
                    "p",
                    "The " + shown.size() + " of " + data.classes().size()
                            + " classes that take part in most mistakes.",
                    "class",
                    "lead");
        }
        page.open("div", "class", "pair").open("figure", "class", "wide");
        page.raw(new ConfusionChart(data.classes(), data.evaluation().tally().confusion(), shown).svg())
                .close();
        page.open("div").element("h3", "Most confused");
        pairs(page, data, metrics.confused());
        page.close().close().close();
        page.open("section").element("h2", "Class by class");
        table(page, data, metrics);
        page.close();
    }

    private static List<Integer> shown(Metrics metrics) {
        Comparator<ClassMetrics> faults = Comparator.comparingDouble(each -> -faults(each));
        return metrics.classes().stream()
                .sorted(faults)
                .limit(MOST_SHOWN)
                .map(ClassMetrics::label)
                .sorted()
                .toList();
    }

    /** Mistakes that involve this class, on either side. */
    private static double faults(ClassMetrics each) {
        return each.occurs() ? (each.support() + each.predicted()) * (1 - each.f1()) : 0;
    }

    private static void pairs(Markup page, ReportData data, List<ConfusedPair> pairs) {
        if (pairs.isEmpty()) {
            page.element("p", "No mistake at all.", "class", "none");
            return;
        }
        page.open("ol", "class", "pairs");
        double most = pairs.get(0).count();
        for (ConfusedPair pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
            page.open("li").open("span");
            page.element("b", data.classes().get(pair.label())).text(" taken for ");
            page.element("b", data.classes().get(pair.predicted())).close();
            page.element("span", Numbers.count(pair.count()), "class", "number");
            page.element("span", Numbers.percent(pair.share(), 1), "class", "number soft");
            page.leaf("i", "class", "bar b", "style", "width:" + Markup.n(100 * pair.count() / most) + "%");
            page.close();
        }
        page.close();
    }

    private static void table(Markup page, ReportData data, Metrics metrics) {
        page.open("div", "class", "scroll").open("table").open("thead").open("tr");
        page.element("th", "class", "class", "text");
        for (String name : List.of("precision", "recall", "F1", "samples", "predicted")) {
            page.element("th", name);
        }
        page.close().close().open("tbody");
        for (ClassMetrics each : metrics.classes()) {
            page.open("tr").element("th", data.classes().get(each.label()), "scope", "row");
            shares(page, each.precision(), each.recall(), each.f1());
            page.element("td", Numbers.count(each.support())).element("td", Numbers.count(each.predicted()));
            page.close();
        }
        page.close().open("tfoot");
        averages(page, "mean of classes", metrics.macro());
        averages(page, "weighted by samples", metrics.weighted());
        page.close().close().close();
    }

    private static void averages(Markup page, String name, Averages averages) {
        page.open("tr").element("th", name, "scope", "row");
        shares(page, averages.precision(), averages.recall(), averages.f1());
        page.element("td", "").element("td", "").close();
    }

    private static void shares(Markup page, double... values) {
        for (double value : values) {
            page.open(
                    "td",
                    "class",
                    "share",
                    "style",
                    "--share:" + Markup.n(Double.isFinite(value) ? 100 * value : 0) + "%");
            page.text(Numbers.fixed(value, 3)).close();
        }
    }
}
