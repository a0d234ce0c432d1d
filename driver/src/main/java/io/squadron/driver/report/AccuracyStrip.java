package io.squadron.driver.report;

import io.squadron.evaluation.Metrics;
import java.util.List;

/** The accuracy with its interval on one axis with the baselines. */
record AccuracyStrip(String name, Metrics metrics, List<ReportData.Baseline> baselines) {
    private static final double WIDTH = 520;
    private static final double LEFT = 170;
    private static final double RIGHT = WIDTH - 64;
    private static final double ROW = 30;

    String svg() {
        double height = 14 + ROW * (baselines.size() + 1) + 26;
        Svg svg = new Svg(WIDTH, height, "Accuracy beside the baselines");
        Scale x = scale();
        for (double tick : x.ticks()) {
            svg.line("grid", x.at(tick), 6, x.at(tick), height - 26);
            svg.text("tick middle", x.at(tick), height - 8, Numbers.percent(tick, x.step() < 0.01 ? 1 : 0));
        }
        double y = 6 + ROW * 0.5;
        double low = x.at(metrics.interval().low());
        double high = x.at(metrics.interval().high());
        svg.text("name strong end", LEFT - 14, y + 4.5, name);
        svg.rect("bar a", new Svg.Box(low, y - 5, high - low, 10), 0.3, "95% interval");
        svg.circle("dot a", x.at(metrics.topOne()), y, 5, Numbers.percent(metrics.topOne(), 2));
        svg.text("value", Math.max(high, x.at(metrics.topOne())) + 10, y + 4.5, Numbers.percent(metrics.topOne(), 1));
        for (ReportData.Baseline baseline : baselines) {
            y += ROW;
            svg.text("name end", LEFT - 14, y + 4.5, baseline.name());
            svg.circle("dot quiet", x.at(baseline.accuracy()), y, 4.5, Numbers.percent(baseline.accuracy(), 2));
            svg.text("value", x.at(baseline.accuracy()) + 10, y + 4.5, Numbers.percent(baseline.accuracy(), 1));
        }
        return svg.finish();
    }

    private Scale scale() {
        double least = metrics.interval().low();
        double most = metrics.interval().high();
        for (ReportData.Baseline baseline : baselines) {
            least = Math.min(least, baseline.accuracy());
            most = Math.max(most, baseline.accuracy());
        }
        return Scale.around(Math.max(0, least - 0.01), Math.min(1, most), 4, LEFT, RIGHT);
    }
}
