package io.squadron.driver.report;

import io.squadron.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The page of {@code runs compare}: what differs, figures and curves; one file, no network. */
public final class RunComparisonPage {
    private static final List<String> COLOURS = List.of("a", "b", "c", "d");

    private RunComparisonPage() {}

    /** The whole file, to be written as UTF-8. */
    public static String render(RunComparison comparison) {
        int runs = comparison.runs().size();
        String title = "Comparison of " + runs + (runs == 1 ? " run" : " runs");
        Markup page = HtmlReport.begun(title);
        page.open("header").element("p", "Squadron comparison of runs", "class", "kicker");
        page.element("h1", title).close();
        page.open("section").element("h2", "Figures");
        table(page, comparison, comparison.figures());
        page.close();
        page.open("section").element("h2", "What differs in the configuration");
        if (comparison.differences().isEmpty()) {
            page.element("p", "Nothing.", "class", "lead");
        } else {
            table(
                    page,
                    comparison,
                    comparison.differences().stream()
                            .map(RunComparisonPage::row)
                            .toList());
        }
        page.close();
        curves(page, comparison.runs());
        return HtmlReport.ended(page);
    }

    private static List<String> row(RunComparison.Difference difference) {
        List<String> row = new ArrayList<>(List.of(difference.key()));
        row.addAll(difference.values());
        return row;
    }

    private static void table(Markup page, RunComparison comparison, List<List<String>> rows) {
        page.open("div", "class", "scroll").open("table").open("thead").open("tr");
        page.element("th", "", "scope", "col", "class", "text");
        comparison.runs().forEach(run -> page.element("th", run.name(), "scope", "col"));
        page.close().close().open("tbody");
        for (List<String> row : rows) {
            page.open("tr").element("th", row.get(0), "scope", "row");
            row.subList(1, row.size()).forEach(cell -> page.element("td", cell));
            page.close();
        }
        page.close().close().close();
    }

    private static void curves(Markup page, List<RunComparison.Run> runs) {
        page.open("section").element("h2", "Over the steps");
        page.element("p", "The first four runs have colours, the others are grey.", "class", "lead");
        page.open("div", "class", "charts");
        chart(
                page,
                "Training loss",
                LineChart.Unit.NUMBER,
                runs,
                history -> history.rounds().stream()
                        .map(round -> new Series.Point(round.endStep(), round.loss()))
                        .toList());
        chart(
                page,
                "Validation loss",
                LineChart.Unit.NUMBER,
                runs,
                history -> history.evaluations(Split.VALIDATION).stream()
                        .map(each -> new Series.Point(each.step(), each.loss()))
                        .toList());
        chart(
                page,
                "Validation accuracy",
                LineChart.Unit.SHARE,
                runs,
                history -> history.evaluations(Split.VALIDATION).stream()
                        .map(each -> new Series.Point(each.step(), each.topOne()))
                        .toList());
        page.close().close();
    }

    private static void chart(
            Markup page,
            String title,
            LineChart.Unit unit,
            List<RunComparison.Run> runs,
            Function<RunHistory, List<Series.Point>> points) {
        List<Series> lines = new ArrayList<>();
        for (RunComparison.Run run : runs) {
            String colour = lines.size() < COLOURS.size() ? COLOURS.get(lines.size()) : "quiet";
            lines.add(new Series(run.name(), colour, points.apply(run.history())));
        }
        double end = lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Series.Point::x)
                .max()
                .orElse(1);
        TrainingSection.chart(
                page, new LineChart(title, lines, LineChart.Floor.DATA, unit, Axis.steps(end), List.of()));
    }
}
