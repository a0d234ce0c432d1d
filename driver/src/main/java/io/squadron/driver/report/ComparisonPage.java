package io.squadron.driver.report;

import io.squadron.driver.experiment.Comparison;
import io.squadron.driver.experiment.Setting;
import io.squadron.driver.experiment.Spread;
import io.squadron.driver.experiment.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The page of a sweep: settings with mean and spread over seeds, best first, their curves, and what failed. */
public final class ComparisonPage {
    private static final List<String> COLOURS = List.of("a", "b", "c", "d");

    private ComparisonPage() {}

    /**
     * The whole file, to be written as UTF-8.
     *
     * @param summary one sentence: what was tried
     */
    public static String render(String title, String summary, Comparison comparison) {
        List<Comparison.Row> rows = comparison.rows();
        Markup page = HtmlReport.begun(title);
        page.open("header").element("p", "Squadron comparison of settings", "class", "kicker");
        page.element("h1", title).element("p", summary, "class", "summary").close();
        page.open("section").element("h2", "Settings, best first");
        page.element("p", comparison.verdict(), "class", "verdict");
        page.element(
                "p",
                "Accuracy on the validation split: of the best checkpoint of each run, and at its end. Spread is the standard "
                        + "deviation over seeds. The best of many settings looks better than it is; choose here, and look "
                        + "at the test split once, with the one that was chosen.",
                "class",
                "lead");
        table(page, rows);
        page.close();
        curves(page, rows);
        comparison.numericKeys().forEach(key -> over(page, key, rows));
        failures(page, comparison);
        return HtmlReport.ended(page);
    }

    private static void table(Markup page, List<Comparison.Row> rows) {
        page.open("div", "class", "scroll").open("table").open("thead").open("tr");
        page.element("th", "setting", "scope", "col", "class", "text");
        List.of("runs", "epochs", "best, mean", "spread", "lowest", "highest", "at the end")
                .forEach(name -> page.element("th", name, "scope", "col"));
        page.close().close().open("tbody");
        for (Comparison.Row row : rows) {
            Spread best = row.best();
            page.open("tr").element("th", row.setting().label(), "scope", "row");
            page.element("td", best.count() + (row.failures() > 0 ? " (" + row.failures() + " failed)" : ""));
            page.element("td", Numbers.plain(row.epochs()));
            page.element("td", Numbers.percent(best.mean(), 2));
            page.element("td", Numbers.percent(best.deviation(), 2));
            page.element("td", Numbers.percent(best.least(), 2));
            page.element("td", Numbers.percent(best.most(), 2));
            page.element("td", Numbers.percent(row.last().mean(), 2)).close();
        }
        page.close().close().close();
    }

    private static void curves(Markup page, List<Comparison.Row> rows) {
        double end = rows.stream().mapToDouble(ComparisonPage::longest).max().orElse(0);
        if (end == 0) {
            return;
        }
        page.open("section").element("h2", "Over the epochs");
        page.element(
                "p",
                "Means over the seeds that came so far. The first four settings have colours, the others are grey.",
                "class",
                "lead");
        page.open("div", "class", "charts");
        chart(page, rows, end, LineChart.Unit.SHARE, TrialResult.Point::accuracy);
        chart(page, rows, end, LineChart.Unit.NUMBER, TrialResult.Point::loss);
        page.close().close();
    }

    private static double longest(Comparison.Row row) {
        return row.trials().stream().mapToDouble(TrialResult::epochs).max().orElse(0);
    }

    private static void chart(
            Markup page,
            List<Comparison.Row> rows,
            double end,
            LineChart.Unit unit,
            ToDoubleFunction<TrialResult.Point> value) {
        List<Series> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            lines.add(new Series(rows.get(i).setting().label(), colour(i), means(rows.get(i), value)));
        }
        String title = unit == LineChart.Unit.SHARE ? "Validation accuracy" : "Validation loss";
        Axis epochs = Axis.values("epochs", 0, end, Axis.Spacing.DIFFERENCES);
        TrainingSection.chart(page, new LineChart(title, lines, LineChart.Floor.DATA, unit, epochs, List.of()));
    }

    private static List<Series.Point> means(Comparison.Row row, ToDoubleFunction<TrialResult.Point> value) {
        Map<Double, List<Double>> byEpoch = new TreeMap<>();
        row.trials().stream()
                .filter(TrialResult::counts)
                .flatMap(each -> each.curve().stream())
                .forEach(point -> byEpoch.computeIfAbsent(point.epochs(), key -> new ArrayList<>())
                        .add(value.applyAsDouble(point)));
        return byEpoch.entrySet().stream()
                .map(each -> new Series.Point(
                        each.getKey(), Spread.of(each.getValue()).mean()))
                .toList();
    }

    /** The best accuracy over the values of one key, a line for each of what else is set. */
    private static void over(Markup page, String key, List<Comparison.Row> rows) {
        Predicate<Comparison.Row> counts = row -> row.best().count() > 0;
        Map<Setting, List<Comparison.Row>> lines = rows.stream()
                .filter(counts)
                .collect(Collectors.groupingBy(
                        row -> row.setting().without(key), LinkedHashMap::new, Collectors.toList()));
        List<Double> values = lines.values().stream()
                .flatMap(List::stream)
                .map(row -> number(row, key))
                .sorted()
                .toList();
        if (values.isEmpty() || values.get(0).equals(values.get(values.size() - 1))) {
            return;
        }
        double low = values.get(0);
        double high = values.get(values.size() - 1);
        Axis.Spacing spacing = low > 0 && high / low >= 8 ? Axis.Spacing.FACTORS : Axis.Spacing.DIFFERENCES;
        List<Series> series = new ArrayList<>();
        lines.forEach((setting, line) -> series.addAll(lines(setting, line, key, series.size() / 3)));
        page.open("section").element("h2", "Over " + key);
        page.element(
                "p",
                "The best validation accuracy of each run: its mean over seeds, and in grey the lowest and the highest.",
                "class",
                "lead");
        page.open("div", "class", "charts");
        TrainingSection.chart(
                page,
                new LineChart(
                        "Best accuracy",
                        series,
                        LineChart.Floor.DATA,
                        LineChart.Unit.SHARE,
                        Axis.values(key, low, high, spacing),
                        List.of()));
        page.close().close();
    }

    private static List<Series> lines(Setting setting, List<Comparison.Row> line, String key, int place) {
        String name = setting.assignments().isEmpty() ? "mean" : setting.label();
        return List.of(
                series("lowest", "quiet", line, key, Spread::least),
                series("highest", "quiet", line, key, Spread::most),
                series(name, colour(place), line, key, Spread::mean));
    }

    private static Series series(
            String name, String kind, List<Comparison.Row> line, String key, ToDoubleFunction<Spread> value) {
        List<Series.Point> points = line.stream()
                .map(row -> new Series.Point(number(row, key), value.applyAsDouble(row.best())))
                .sorted((one, other) -> Double.compare(one.x(), other.x()))
                .toList();
        return new Series(name, kind, points);
    }

    private static double number(Comparison.Row row, String key) {
        return row.setting().number(key).orElseThrow();
    }

    private static String colour(int place) {
        return place < COLOURS.size() ? COLOURS.get(place) : "quiet";
    }

    private static void failures(Markup page, Comparison comparison) {
        List<TrialResult> failed = comparison.results().stream()
                .filter(each -> each.status() == TrialResult.Status.FAILED)
                .toList();
        if (failed.isEmpty()) {
            return;
        }
        page.open("section").element("h2", "Failed").open("dl", "class", "facts");
        for (TrialResult each : failed) {
            page.element(
                    "dt",
                    each.trial().setting().label() + ", seed " + each.trial().seed());
            page.element("dd", each.reason());
        }
        page.close().close();
    }
}
