package io.squadron.driver.report;

import io.squadron.evaluation.CalibrationBin;
import java.util.List;

/**
 * Accuracy over confidence, one bar a bin, with the gap to the diagonal, and how many samples each bin holds below it (the
 * reliability diagram of Guo et al. 2017).
 */
record ReliabilityChart(List<CalibrationBin> bins) {
    private static final double SIDE = 300;
    private static final double LEFT = 52;
    private static final double TOP = 10;
    private static final double BOTTOM = TOP + SIDE;
    private static final double COUNTS = 56;
    private static final double WIDTH = LEFT + SIDE + 16;
    private static final double HEIGHT = BOTTOM + 30 + COUNTS + 38;

    String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT, "Reliability diagram: accuracy over confidence");
        Scale x = Scale.exactly(0, 1, 5, LEFT, LEFT + SIDE);
        Scale y = Scale.exactly(0, 1, 5, BOTTOM, TOP);
        axes(svg, x, y);
        long most = bins.stream().mapToLong(CalibrationBin::count).max().orElse(0);
        for (int i = 0; i < bins.size(); i++) {
            if (bins.get(i).count() > 0) {
                bar(svg, i, x, y);
                count(svg, i, x, most);
            }
        }
        svg.line("ideal", x.at(0), y.at(0), x.at(1), y.at(1));
        svg.line("axis", LEFT, HEIGHT - 38, LEFT + SIDE, HEIGHT - 38);
        return svg.text(
                        "label middle",
                        LEFT + SIDE / 2,
                        HEIGHT - 22,
                        "samples per bin (largest " + Numbers.count(most) + ")")
                .finish();
    }

    private static void axes(Svg svg, Scale x, Scale y) {
        for (double tick : y.ticks()) {
            svg.line("grid", LEFT, y.at(tick), LEFT + SIDE, y.at(tick));
            svg.text("tick end", LEFT - 7, y.at(tick) + 4, Numbers.percent(tick, 0));
            svg.text("tick middle", x.at(tick), BOTTOM + 17, Numbers.percent(tick, 0));
        }
        svg.upright("label middle", 10, TOP + SIDE / 2, "accuracy");
        svg.text("label middle", LEFT + SIDE / 2, BOTTOM + 32, "confidence");
    }

    private void bar(Svg svg, int index, Scale x, Scale y) {
        CalibrationBin bin = bins.get(index);
        String tip = tip(index);
        double left = x.at(low(index)) + 1;
        double width = x.at(low(index + 1)) - x.at(low(index)) - 2;
        double reached = y.at(bin.accuracy());
        double promised = y.at(bin.confidence());
        double lower = Math.max(reached, promised); // y runs downwards
        svg.rect("bar a", new Svg.Box(left, lower, width, BOTTOM - lower), 0.85, tip);
        svg.rect(
                reached > promised ? "bar b" : "bar c",
                new Svg.Box(left, Math.min(reached, promised), width, Math.abs(reached - promised)),
                0.6,
                tip);
    }

    private void count(Svg svg, int index, Scale x, long most) {
        double height = (COUNTS - 12) * bins.get(index).count() / most;
        double width = x.at(low(index + 1)) - x.at(low(index)) - 2;
        svg.rect("bar quiet", new Svg.Box(x.at(low(index)) + 1, HEIGHT - 38 - height, width, height), 1, tip(index));
    }

    private String tip(int index) {
        CalibrationBin bin = bins.get(index);
        return "confidence " + Numbers.percent(low(index), 0) + " to " + Numbers.percent(low(index + 1), 0) + ": "
                + Numbers.count(bin.count()) + " samples, mean confidence " + Numbers.percent(bin.confidence(), 1)
                + ", accuracy " + Numbers.percent(bin.accuracy(), 1);
    }

    private double low(int index) {
        return (double) index / bins.size();
    }
}
