package io.squadron.driver.report;

import static io.squadron.driver.report.Markup.n;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Lines over the steps of a run, or over something else.
 *
 * @param fromZero whether the y axis begins at 0
 * @param unit how values are written
 * @param x what the lines go over
 * @param marks values of x to mark (checkpoints)
 */
record LineChart(String title, List<Series> series, Floor fromZero, Unit unit, Axis x, List<Double> marks) {
    /** What the values are. */
    enum Unit {
        NUMBER,
        /** Of 1, written as a percentage. */
        SHARE;

        String write(double value) {
            return this == SHARE ? Numbers.percent(value, 1) : Numbers.short3(value);
        }

        /** A tick shows as many digits as tell it from its neighbours. */
        private String tick(double value, double step) {
            double shown = this == SHARE ? step * 100 : step;
            int digits = (int) Math.max(0, -Math.floor(Math.log10(shown) + 1e-9));
            if (digits > 4) {
                return Numbers.short3(value);
            }
            return this == SHARE ? Numbers.percent(value, digits) : Numbers.fixed(value, digits);
        }
    }

    /** Where the y axis begins. */
    enum Floor {
        ZERO,
        DATA
    }

    private static final double WIDTH = 480;
    private static final double HEIGHT = 250;
    private static final double LEFT = 50;
    private static final double RIGHT = WIDTH - 12;
    private static final double TOP = 12;
    private static final double BOTTOM = HEIGHT - 38;
    private static final int MOST_POINTS = 400;
    private static final int MOST_DOTS = 40;

    String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT, title + " over " + x.over());
        if (values().findAny().isEmpty()) {
            return svg.text("none middle", WIDTH / 2, HEIGHT / 2, "nothing recorded")
                    .finish();
        }
        Scale across = x.scale(LEFT, RIGHT);
        Scale y = yScale();
        axes(svg, across, y);
        for (double mark : marks) {
            if (mark <= x.high() && mark >= x.low()) {
                svg.path("mark", "M" + n(x.at(across, mark)) + " " + n(BOTTOM) + "l-4 7h8z");
            }
        }
        series.forEach(each -> draw(svg, each.thinned(MOST_POINTS), across, y));
        return svg.finish();
    }

    private Scale yScale() {
        double least = values().min().orElse(0);
        double most = values().max().orElse(1);
        return Scale.around(fromZero == Floor.ZERO ? Math.min(0, least) : least, most, 4, BOTTOM, TOP);
    }

    private void axes(Svg svg, Scale across, Scale y) {
        for (double tick : y.ticks()) {
            svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
            svg.text("tick end", LEFT - 7, y.at(tick) + 4, unit.tick(tick, y.step()));
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        for (double tick : x.ticks(across)) {
            double at = x.at(across, tick);
            svg.line("axis", at, BOTTOM, at, BOTTOM + 4);
            boolean last = at > RIGHT - 20;
            svg.text(last ? "tick end" : "tick middle", last ? RIGHT : at, BOTTOM + 18, x.write(tick));
        }
        svg.text("label middle", (LEFT + RIGHT) / 2, HEIGHT - 4, x.label());
    }

    private void draw(Svg svg, Series line, Scale across, Scale y) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (Series.Point point : line.points()) {
            if (Double.isFinite(point.y())) {
                path.append(pen ? "L" : "M")
                        .append(n(x.at(across, point.x())))
                        .append(' ')
                        .append(n(y.at(point.y())));
            }
            pen = Double.isFinite(point.y());
        }
        svg.path("curve " + line.kind(), path.toString());
        String dot = line.points().size() <= MOST_DOTS ? "dot " : "dot shy ";
        for (Series.Point point : line.points()) {
            if (Double.isFinite(point.y())) {
                String tip = line.name() + " at " + x.one() + " " + x.write(point.x()) + ": " + unit.write(point.y());
                svg.circle(dot + line.kind(), x.at(across, point.x()), y.at(point.y()), 2.6, tip);
            }
        }
    }

    private DoubleStream values() {
        return series.stream()
                .flatMapToDouble(each -> each.points().stream().mapToDouble(Series.Point::y))
                .filter(Double::isFinite);
    }
}
