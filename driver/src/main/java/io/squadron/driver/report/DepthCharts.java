package io.squadron.driver.report;

import io.squadron.diagnosis.Activity;
import io.squadron.diagnosis.Advice;
import io.squadron.diagnosis.LayerReading;
import io.squadron.diagnosis.NetworkReading;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The charts that every set of networks gets. */
final class DepthCharts {
    private static final List<String> KINDS = List.of("a", "b", "c", "d");

    private DepthCharts() {}

    static void write(Markup page, List<NetworkReading> readings) {
        page.open("div", "class", "charts");
        logarithmic("Spread of what enters", readings, each -> each.input().spread(), List.of())
                .write(page);
        logarithmic("Gradient norm", readings, each -> each.gradient().gradient(), List.of())
                .write(page);
        logarithmic(
                        "Update over weight",
                        readings,
                        each -> each.gradient().ratio(),
                        List.of(Advice.LEAST_UPDATE, Advice.MOST_UPDATE))
                .write(page);
        new DepthChart(
                        "Dead units",
                        DepthChart.Axis.SHARES,
                        lines(readings, each -> each.units().map(Activity::dead).orElse(Double.NaN)),
                        List.of(Advice.MANY_DEAD))
                .write(page);
        page.close();
    }

    private static DepthChart logarithmic(
            String title, List<NetworkReading> readings, ToDoubleFunction<LayerReading> figure, List<Double> bounds) {
        return new DepthChart(title, DepthChart.Axis.LOGARITHMIC, lines(readings, figure), bounds);
    }

    private static List<DepthChart.Line> lines(List<NetworkReading> readings, ToDoubleFunction<LayerReading> figure) {
        List<DepthChart.Line> lines = new ArrayList<>();
        for (NetworkReading reading : readings) {
            List<String> names =
                    reading.layers().stream().map(each -> each.place().layer()).toList();
            List<Double> values = reading.layers().stream()
                    .map(each -> figure.applyAsDouble(each))
                    .toList();
            lines.add(new DepthChart.Line(reading.name(), KINDS.get(lines.size()), names, values));
        }
        return lines;
    }
}
