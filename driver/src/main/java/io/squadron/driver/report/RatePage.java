package io.squadron.driver.report;

import io.squadron.driver.experiment.RateCurve;
import java.util.List;

/** The page of a learning-rate range test: the curve, the rates that it suggests, and how to read it. */
public final class RatePage {
    private RatePage() {}

    /**
     * The whole file, to be written as UTF-8.
     *
     * @param summary one sentence: what was trained
     */
    public static String render(String title, String summary, RateCurve curve) {
        Markup page = HtmlReport.begun(title);
        page.open("header").element("p", "Squadron learning-rate range test", "class", "kicker");
        page.element("h1", title).element("p", summary, "class", "summary").close();
        if (curve.tells()) {
            suggestion(page, curve.suggestion());
        }
        page.open("section").element("h2", "Loss over the learning rate");
        page.element(
                "p",
                "Each step was taken with a larger learning rate than the one before. The coloured line is an exponential "
                        + "mean of the losses; it is drawn until it exceeds four times its best, or the numbers break. "
                        + "Triangles are the two suggestions.",
                "class",
                "lead");
        if (curve.points().size() > 1) {
            page.open("div", "class", "charts");
            TrainingSection.chart(page, chart(curve));
            page.close();
        } else {
            page.element("p", "No step could be taken.", "class", "none");
        }
        caution(page);
        return HtmlReport.ended(page.close());
    }

    private static void suggestion(Markup page, RateCurve.Suggestion suggestion) {
        page.open("dl", "class", "tiles");
        tile(page, "steepest descent", suggestion.steepest(), "the loss falls fastest here");
        tile(page, "a tenth of the lowest", suggestion.tenthOfLowest(), "a tenth of where the loss is lowest");
        page.close();
    }

    private static void tile(Markup page, String name, double rate, String note) {
        page.open("div").element("dt", name).element("dd", Numbers.plain(rate));
        page.element("dd", note, "class", "note").close();
    }

    private static LineChart chart(RateCurve curve) {
        List<RateCurve.Point> points = curve.points();
        double most =
                points.stream().mapToDouble(RateCurve.Point::smoothed).max().orElse(0) * 1.25;
        Series losses = new Series(
                "each step",
                "quiet",
                points.stream()
                        .map(each -> new Series.Point(each.rate(), each.loss() > most ? Double.NaN : each.loss()))
                        .toList());
        Series smoothed = new Series(
                "smoothed",
                "a",
                points.stream()
                        .map(each -> new Series.Point(each.rate(), each.smoothed()))
                        .toList());
        double low = points.get(0).rate();
        double high = points.get(points.size() - 1).rate();
        List<Double> marks = curve.tells()
                ? List.of(curve.suggestion().steepest(), curve.suggestion().tenthOfLowest())
                : List.of();
        return new LineChart(
                "Loss",
                List.of(losses, smoothed),
                LineChart.Floor.DATA,
                LineChart.Unit.NUMBER,
                Axis.values("learning rate", low, high, Axis.Spacing.FACTORS),
                marks);
    }

    private static void caution(Markup page) {
        page.element(
                "p",
                "The suggestions are places to begin, for this batch size, this optimiser and this start; they are peaks for a "
                        + "schedule that warms up and falls. Few steps, small batches and an average that lags behind make "
                        + "them uncertain by a factor of two or three: try neighbours with sweep, and several seeds.",
                "class",
                "lead");
    }
}
