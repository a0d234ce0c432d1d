package io.squadron.driver.report;

import io.squadron.diagnosis.Finding;
import io.squadron.diagnosis.NetworkReading;
import java.util.List;

/** The page of a diagnosis: one HTML file that needs no network, no script and no other file. Well-formed XML too. */
public final class DiagnosisPage {
    private DiagnosisPage() {}

    /** The whole file, to be written as UTF-8. */
    public static String render(DiagnosisData data) {
        Markup page = HtmlReport.begun(data.title());
        page.open("header").element("p", "Squadron diagnosis", "class", "kicker");
        page.element("h1", data.title()).element("p", data.summary(), "class", "summary");
        page.close();
        findings(page, data.findings());
        data.domains().ifPresent(domains -> DomainSection.write(page, domains));
        network(page, data.readings());
        variants(page, data.variants());
        data.readings().forEach(reading -> LayersSection.write(page, reading));
        data.variants().forEach(reading -> LayersSection.write(page, reading));
        page.open("section").element("h2", "How it was measured").open("dl", "class", "facts");
        data.facts().forEach(fact -> page.element("dt", fact.name()).element("dd", fact.value()));
        page.close().close();
        return HtmlReport.ended(page);
    }

    private static void findings(Markup page, List<Finding> findings) {
        page.open("section").element("h2", "What the figures say").open("ul", "class", "findings");
        for (Finding finding : findings) {
            boolean look = finding.verdict() == Finding.Verdict.LOOK;
            page.open("li").leaf("i", "class", "swatch " + (look ? "b" : "c"));
            page.element("b", look ? "Look: " : "Healthy: ")
                    .text(finding.text())
                    .close();
        }
        page.close().close();
    }

    private static void network(Markup page, List<NetworkReading> readings) {
        page.open("section").element("h2", "Through the depth");
        page.element(
                "p",
                "Each point is a convolution or dense layer, in the order of the network. Activations are those of "
                        + "evaluation, gradients those of training batches. Dashed: the bounds of what is healthy.",
                "class",
                "lead");
        DepthCharts.write(page, readings);
        page.close();
    }

    private static void variants(Markup page, List<NetworkReading> variants) {
        if (variants.isEmpty()) {
            return;
        }
        page.open("section").element("h2", "Fresh weights, with and without");
        page.element(
                "p",
                "The same layers before the first step, and with ingredients taken out. Where gradients at the image are "
                        + "powers of ten smaller than at the logits, or all of them smaller than those of the network as it is, they "
                        + "vanish, and layers will hardly learn.",
                "class",
                "lead");
        DepthCharts.write(page, variants);
        page.close();
    }
}
