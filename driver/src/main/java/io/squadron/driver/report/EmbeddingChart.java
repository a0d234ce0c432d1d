package io.squadron.driver.report;

import java.util.List;
import java.util.Locale;

/** Samples as points on a plane, one colour for each class, mistakes with a ring. Axes have no unit. */
record EmbeddingChart(List<String> classes, List<Insights.Point> points) {
    private static final double WIDTH = 720;
    private static final double HEIGHT = 520;
    private static final double EDGE = 16;
    /** Neighbouring classes get colours far apart: the golden section of the circle. */
    private static final double TURN = 0.381966;

    private static final int FEW = 10;

    String svg() {
        double left = points.stream().mapToDouble(Insights.Point::x).min().orElse(0);
        double right = points.stream().mapToDouble(Insights.Point::x).max().orElse(1);
        double low = points.stream().mapToDouble(Insights.Point::y).min().orElse(0);
        double high = points.stream().mapToDouble(Insights.Point::y).max().orElse(1);
        double unit = Math.min(
                (WIDTH - 2 * EDGE) / Math.max(right - left, 1e-9), (HEIGHT - 2 * EDGE) / Math.max(high - low, 1e-9));
        Svg svg = new Svg(WIDTH, HEIGHT, "Map of " + points.size() + " samples");
        for (Insights.Point point : points) {
            double x = WIDTH / 2 + (point.x() - (left + right) / 2) * unit;
            double y = HEIGHT / 2 - (point.y() - (low + high) / 2) * unit;
            boolean known = point.label() == point.predicted();
            String label = classes.get(point.label());
            String tip = known ? label : label + ", taken for " + classes.get(point.predicted());
            svg.point(
                    known ? "point" : "point wrong",
                    new Svg.Spot(x, y, known ? 3 : 3.6),
                    colour(point.label(), classes.size()),
                    tip);
        }
        return svg.finish();
    }

    /** Ten hues evenly apart, or for more classes as many as there are, in lightness by turns. */
    static String colour(int label, int classes) {
        double hue = classes <= FEW ? label / (double) Math.max(classes, 6) : label * TURN % 1;
        int light = classes <= FEW ? label % 2 == 0 ? 45 : 60 : 40 + label % 3 * 12;
        return String.format(Locale.ROOT, "hsl(%d,70%%,%d%%)", Math.round(360 * hue), light);
    }
}
