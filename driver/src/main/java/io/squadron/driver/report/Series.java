package io.squadron.driver.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a chart.
 *
 * @param kind class of its colour: "a", "b", "c" or "d"
 * @param points in the order of x; a y that is not finite leaves a gap
 */
record Series(String name, String kind, List<Point> points) {
    /** @param x steps */
    record Point(double x, double y) {}

    /** The same line with at most {@code most} points, each the mean of as many neighbours; gaps are kept out of means. */
    Series thinned(int most) {
        if (points.size() <= most) {
            return this;
        }
        List<Point> kept = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            int from = (int) ((long) i * points.size() / most);
            int end = (int) ((long) (i + 1) * points.size() / most);
            kept.add(mean(points.subList(from, end)));
        }
        return new Series(name, kind, kept);
    }

    private static Point mean(List<Point> group) {
        double y = group.stream()
                .mapToDouble(Point::y)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
        return new Point(group.get(group.size() - 1).x(), y);
    }

    /** The last value that is a number; NaN when there is none. */
    double last() {
        for (int i = points.size() - 1; i >= 0; i--) {
            if (Double.isFinite(points.get(i).y())) {
                return points.get(i).y();
            }
        }
        return Double.NaN;
    }
}
