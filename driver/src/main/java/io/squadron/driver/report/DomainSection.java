package io.squadron.driver.report;

import io.squadron.diagnosis.Advice;
import io.squadron.diagnosis.Domains;
import io.squadron.diagnosis.LayerShift;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How far new images lie from old ones, layer by layer. */
final class DomainSection {
    private DomainSection() {}

    static void write(Markup page, Domains domains) {
        page.open("section").element("h2", "Old images and new ones");
        page.element(
                "p",
                "How far the means of what enters a layer move, in deviations of the old images, averaged over the channels; "
                        + "beside it how far two samples of the old images lie apart, which is what chance does. Right, how much "
                        + "wider the new images spread than the old (1: alike).",
                "class",
                "lead");
        page.open("div", "class", "charts");
        new DepthChart(
                        "Domain shift",
                        DepthChart.Axis.LINEAR,
                        List.of(
                                line(
                                        domains,
                                        domains.newName(),
                                        "b",
                                        each -> each.shift().distance()),
                                line(domains, domains.oldName() + ", other images", "a", LayerShift::noise)),
                        List.of(Advice.SMALL_SHIFT, Advice.LARGE_SHIFT))
                .write(page);
        new DepthChart(
                        "Spread, new over old",
                        DepthChart.Axis.LINEAR,
                        List.of(line(
                                domains,
                                domains.newName(),
                                "b",
                                each -> each.shift().stretch())),
                        List.of(1.0))
                .write(page);
        page.close().close();
    }

    private static DepthChart.Line line(
            Domains domains, String name, String kind, ToDoubleFunction<LayerShift> figure) {
        return new DepthChart.Line(
                name,
                kind,
                domains.layers().stream().map(LayerShift::layer).toList(),
                domains.layers().stream()
                        .map(each -> figure.applyAsDouble(each))
                        .toList());
    }
}
