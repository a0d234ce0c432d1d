package io.squadron.driver.report;

import io.squadron.evaluation.Mistake;
import java.util.List;

/** The map of the evaluated samples, and what spoke for the worst mistakes. */
final class InsightsSection {
    private InsightsSection() {}

    static void write(Markup page, ReportData data) {
        if (!data.insights().map().points().isEmpty()) {
            map(page, data);
        }
        if (!data.insights().saliency().isEmpty()) {
            saliency(page, data);
        }
    }

    private static void map(Markup page, ReportData data) {
        Insights.Map map = data.insights().map();
        page.open("section").element("h2", "Map of the " + data.evaluation().samples());
        page.element("p", map.method(), "class", "lead");
        page.open("figure", "class", "map");
        page.raw(new EmbeddingChart(data.classes(), map.points()).svg());
        page.close().open("p", "class", "keys");
        List<Integer> labels = map.points().stream()
                .map(Insights.Point::label)
                .distinct()
                .sorted()
                .toList();
        for (int label : labels) {
            String colour = EmbeddingChart.colour(label, data.classes().size());
            page.open("span", "class", "key")
                    .leaf("i", "class", "swatch", "style", "background:" + colour)
                    .text(data.classes().get(label) + " ")
                    .close();
        }
        page.text(" A ring: taken for another class.").close().close();
    }

    private static void saliency(Markup page, ReportData data) {
        page.open("section").element("h2", "What the network looked at");
        page.element(
                "p",
                "Grad-CAM of the worst mistakes: left what the network was shown, then the places that spoke for its answer, "
                        + "then those that spoke for the label. Red spoke most; the maps are coarse, and each has a scale of its "
                        + "own. Where a map stays grey nothing in the picture spoke for the class: it was left over. Look for "
                        + "answers that come from the background.",
                "class",
                "lead");
        page.open("div", "class", "saliency");
        for (Insights.Saliency each : data.insights().saliency()) {
            Mistake mistake = each.mistake();
            String predicted = data.classes().get(mistake.predicted());
            String label = data.classes().get(mistake.label());
            page.open("figure").open("div", "class", "three");
            PicturesSection.picture(page, each.seen(), "as the network saw it");
            PicturesSection.picture(page, each.forPredicted(), "what spoke for " + predicted);
            PicturesSection.picture(page, each.forLabel(), "what spoke for " + label);
            page.close().open("figcaption").element("b", predicted);
            page.text(" " + Numbers.percent(mistake.predictedProbability(), 0) + ", label ")
                    .element("b", label);
            page.text(" " + Numbers.percent(mistake.labelProbability(), 0)).close();
            page.close();
        }
        page.close().close();
    }
}
