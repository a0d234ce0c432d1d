package io.squadron.driver.report;

import io.squadron.driver.training.TrainingEvent.RoundEnded;
import io.squadron.evaluation.Interval;
import io.squadron.evaluation.Metrics;
import java.util.List;

/** The top of the page: what came out, how sure that is, and what it took. */
final class HeadlineSection {
    private HeadlineSection() {}

    static void write(Markup page, ReportData data, Metrics metrics) {
        page.open("header");
        page.element("p", "Squadron training report", "class", "kicker");
        page.element("h1", data.title());
        if (!data.summary().isEmpty()) {
            page.element("p", data.summary(), "class", "summary");
        }
        data.warnings().forEach(each -> page.element("p", "Warning: " + each + ".", "class", "warning"));
        page.close();
        if (metrics.samples() > 0) {
            accuracy(page, data, metrics);
        }
        page.open("dl", "class", "tiles");
        if (metrics.samples() > 0) {
            tile(page, "loss", Numbers.fixed(metrics.loss(), 4), "mean cross-entropy, nats");
            tile(page, "top-5", Numbers.percent(metrics.topFive(), 2), "label among five best guesses");
            tile(page, "macro F1", Numbers.fixed(metrics.macro().f1(), 4), "every class alike");
            tile(
                    page,
                    "calibration error",
                    Numbers.percent(metrics.calibrationError(), 2),
                    "confidence against accuracy");
        }
        effort(page, data.history().rounds());
        page.close();
    }

    private static void accuracy(Markup page, ReportData data, Metrics metrics) {
        Interval interval = metrics.interval();
        page.open("section", "class", "hero").open("div");
        page.element("p", "accuracy", "class", "kicker");
        page.element("p", Numbers.percent(metrics.topOne(), 2), "class", "figure");
        page.element(
                "p",
                "95% interval " + Numbers.percent(interval.low(), 1) + " to " + Numbers.percent(interval.high(), 1)
                        + ", on " + Numbers.count(metrics.samples()) + " "
                        + data.evaluation().samples());
        data.baselines().forEach(baseline -> page.element("p", verdict(metrics, baseline), "class", "verdict"));
        page.close().open("div", "class", "strip");
        page.raw(new AccuracyStrip("this model", metrics, data.baselines()).svg())
                .close()
                .close();
    }

    /** The comparison in words; inside the interval no winner is named. */
    static String verdict(Metrics metrics, ReportData.Baseline baseline) {
        double points = (metrics.topOne() - baseline.accuracy()) * 100;
        String other = baseline.name() + " (" + Numbers.percent(baseline.accuracy(), 2) + ")";
        boolean inside = baseline.accuracy() >= metrics.interval().low()
                && baseline.accuracy() <= metrics.interval().high();
        if (!Double.isFinite(points)) {
            return "Not comparable with " + other + ".";
        }
        String size = Numbers.fixed(Math.abs(points), 1) + (points < 0 ? " points below " : " points above ") + other;
        return inside ? size + ", within the interval: no clear difference." : size + ".";
    }

    private static void effort(Markup page, List<RoundEnded> rounds) {
        if (rounds.isEmpty()) {
            return;
        }
        double seconds = rounds.stream().mapToDouble(RoundEnded::seconds).sum();
        long images =
                rounds.stream().mapToLong(round -> round.result().samples()).sum();
        tile(
                page,
                "training time",
                Numbers.duration(seconds),
                Numbers.count(rounds.size()) + " rounds, their evaluations included");
        tile(page, "images per second", Numbers.short3(images / seconds), Numbers.count(images) + " images seen");
    }

    private static void tile(Markup page, String name, String value, String note) {
        page.open("div").element("dt", name);
        page.element("dd", value).element("dd", note, "class", "note").close();
    }
}
