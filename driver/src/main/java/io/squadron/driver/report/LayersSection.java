package io.squadron.driver.report;

import io.squadron.diagnosis.Activity;
import io.squadron.diagnosis.GradientReading;
import io.squadron.diagnosis.LayerReading;
import io.squadron.diagnosis.NetworkReading;
import java.util.List;
import java.util.Optional;

/** One network's figures, layer by layer. */
final class LayersSection {
    private LayersSection() {}

    static void write(Markup page, NetworkReading reading) {
        page.open("section").element("h2", reading.name());
        String loss = "Loss " + Numbers.short3(reading.loss()) + " in training mode over "
                + Numbers.count(reading.images()) + " images.";
        page.element("p", loss, "class", "lead");
        page.open("div", "class", "scroll").open("table").open("thead").open("tr");
        page.element("th", "layer", "class", "text");
        for (String name :
                List.of("mean in", "deviation in", "dead", "always on", "weights", "gradient", "update / weight")) {
            page.element("th", name);
        }
        page.close().close().open("tbody");
        reading.layers().forEach(layer -> row(page, layer));
        page.close().close().close().close();
    }

    private static void row(Markup page, LayerReading layer) {
        page.open("tr").element("th", layer.place().layer(), "scope", "row");
        cell(page, Numbers.short3(layer.input().level()));
        cell(page, Numbers.short3(layer.input().spread()));
        Optional<Activity> units = layer.units();
        cell(page, units.map(each -> Numbers.percent(each.dead(), 1)).orElse(Numbers.DASH));
        cell(page, units.map(each -> Numbers.percent(each.saturated(), 1)).orElse(Numbers.DASH));
        GradientReading gradient = layer.gradient();
        cell(page, Numbers.short3(gradient.weight()));
        cell(page, Numbers.short3(gradient.gradient()));
        cell(page, Numbers.short3(gradient.ratio()));
        page.close();
    }

    private static void cell(Markup page, String text) {
        page.element("td", text);
    }
}
