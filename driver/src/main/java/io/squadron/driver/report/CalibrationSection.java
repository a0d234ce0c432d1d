package io.squadron.driver.report;

import io.squadron.evaluation.CalibrationBin;
import io.squadron.evaluation.Metrics;
import java.util.List;

/** Whether the model knows what it does not know. */
final class CalibrationSection {
    private CalibrationSection() {}

    static void write(Markup page, ReportData data, Metrics metrics) {
        List<CalibrationBin> bins = data.evaluation().tally().bins();
        double confidence =
                bins.stream().mapToDouble(CalibrationBin::confidenceSum).sum() / metrics.samples();
        page.open("section").element("h2", "Calibration").open("div", "class", "pair");
        page.open("figure", "class", "square")
                .raw(new ReliabilityChart(bins).svg())
                .close();
        page.open("div");
        page.element("p", verdict(confidence, metrics), "class", "lead");
        page.open("p").leaf("i", "class", "swatch a").text("right, among the samples of that confidence. ");
        page.leaf("i", "class", "swatch b").text("missing to the confidence: too sure. ");
        page.leaf("i", "class", "swatch c").text("right beyond the confidence: too modest. ");
        page.text("On the dashed line both agree.").close();
        page.element(
                "p",
                "The expected calibration error is the mean size of that gap over all samples, in " + bins.size()
                        + " bins: " + Numbers.percent(metrics.calibrationError(), 2) + ".");
        page.close().close().close();
    }

    private static String verdict(double confidence, Metrics metrics) {
        double gap = (confidence - metrics.topOne()) * 100;
        String means = "Mean confidence " + Numbers.percent(confidence, 1) + ", accuracy "
                + Numbers.percent(metrics.topOne(), 1);
        if (confidence >= metrics.interval().low()
                && confidence <= metrics.interval().high()) {
            return means + ": as sure of itself as it may be, on the whole.";
        }
        String size = Numbers.fixed(Math.abs(gap), 1) + " points";
        return means + (gap > 0 ? ": too sure of itself by " : ": too modest by ") + size + ".";
    }
}
