package io.squadron.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.diagnosis.Activity;
import io.squadron.diagnosis.Advice;
import io.squadron.diagnosis.Domains;
import io.squadron.diagnosis.Finding;
import io.squadron.diagnosis.GradientReading;
import io.squadron.diagnosis.LayerReading;
import io.squadron.diagnosis.LayerShift;
import io.squadron.diagnosis.NetworkReading;
import io.squadron.diagnosis.Place;
import io.squadron.diagnosis.Shift;
import io.squadron.evaluation.Mistake;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DiagnosisPageTest {
    /** Twenty layers whose gradients shrink by {@code factor} a layer towards the image. */
    private static NetworkReading reading(String name, double factor) {
        List<LayerReading> layers = IntStream.range(0, 20)
                .mapToObj(i -> new LayerReading(
                        new Place("layer" + i, "in" + i, "relu" + i),
                        new Activity(new double[] {0.25}, new double[] {1.5}, new double[] {0.5}),
                        Optional.of(new Activity(new double[2], new double[2], new double[] {0, 0.5})),
                        new GradientReading(Math.pow(factor, 19 - i), 4, 0.004)))
                .toList();
        return new NetworkReading(name, 1.25, 64, layers);
    }

    private static DiagnosisData data(
            Optional<Domains> domains, List<NetworkReading> readings, List<NetworkReading> fresh) {
        List<Finding> findings = new ArrayList<>();
        domains.ifPresent(each -> findings.addAll(Advice.on(each)));
        readings.forEach(each -> findings.addAll(Advice.on(each)));
        return new DiagnosisData(
                "resnet18, <sunny>",
                "s",
                findings,
                readings,
                domains,
                fresh,
                List.of(new ReportData.Fact("a", "b & c")));
    }

    private static Document parsed(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    @Test
    void showsShiftsDepthAndAdvice() throws Exception {
        List<LayerShift> layers = IntStream.range(0, 20)
                .mapToObj(i -> new LayerShift("layer" + i, new Shift(0.1 * i, 1 + 0.05 * i), 0.02))
                .toList();
        Domains domains = new Domains("sunny", "night", layers);
        String html = DiagnosisPage.render(data(
                Optional.of(domains),
                List.of(reading("sunny", 1), reading("night", 0.5)),
                List.of(reading("fresh, as it is", 1), reading("fresh, without norms", 0))));
        Document page = parsed(html);
        assertThat(page.getElementsByTagName("svg").getLength())
                .as("shift and stretch, and two times four")
                .isEqualTo(10);
        assertThat(page.getElementsByTagName("table").getLength()).as("tables").isEqualTo(4);
        assertThat(page.getDocumentElement().getTextContent())
                .as("text")
                .contains("night lies up to 1.90 deviations from sunny (at layer19")
                .contains("They vanish on the way down", "50.0%", "b & c")
                .doesNotContain("NaN", "Infinity");
        assertThat(html).as("references").doesNotContain("<script", "href=");
        assertThat(DiagnosisPage.render(data(Optional.of(domains), List.of(reading("sunny", 1)), List.of())))
                .as("the same every time")
                .isEqualTo(DiagnosisPage.render(data(Optional.of(domains), List.of(reading("sunny", 1)), List.of())));
    }

    @Test
    void aSingleReadingIsAPageToo() throws Exception {
        Document page = parsed(DiagnosisPage.render(data(Optional.empty(), List.of(reading("only", 1)), List.of())));
        assertThat(page.getElementsByTagName("svg").getLength()).as("charts").isEqualTo(4);
    }

    @Test
    void aReportShowsItsMapAndItsSaliency() throws Exception {
        byte[] png = SampleReport.drawn(0, 0);
        Mistake mistake = new Mistake(1, 0, 0, 1, 0.9, 0.1, 2.3);
        Insights insights = new Insights(
                new Insights.Map(
                        "By components.",
                        List.of(
                                new Insights.Point(-1, 0, 0, 0),
                                new Insights.Point(2, 1, 1, 1),
                                new Insights.Point(0, 1, 1, 0))),
                List.of(new Insights.Saliency(mistake, png, png, png)));
        ReportData plain = SampleReport.data(SampleReport::drawn);
        String html = HtmlReport.render(plain.with(insights));
        Document page = parsed(html);
        assertThat(page.getElementsByTagName("circle").getLength()
                        - parsed(HtmlReport.render(plain))
                                .getElementsByTagName("circle")
                                .getLength())
                .as("points")
                .isEqualTo(3);
        assertThat(page.getDocumentElement().getTextContent())
                .as("text")
                .contains("By components.", "trouser, taken for t-shirt", "What the network looked at");
        assertThat(html).as("alternative texts").contains("what spoke for trouser");
    }
}
