package io.squadron.driver.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.evaluation.CalibrationBin;
import io.squadron.evaluation.Metrics;
import io.squadron.evaluation.Mistake;
import io.squadron.evaluation.Tally;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class HtmlReportTest {
    private static final String HOSTILE = "<script>alert(\"1\")</script> & 'quotes' \u0000 \uD83D\uDC1F";

    private static final ReportData SAMPLE = SampleReport.data(SampleReport::drawn);

    @Test
    void isWellFormedAndTheSameEveryTime() {
        String html = HtmlReport.render(SAMPLE);
        assertThat(parsed(html).getElementsByTagName("svg").getLength())
                .as("strip, four curves, matrix, reliability")
                .isEqualTo(7);
        assertThat(HtmlReport.render(SampleReport.data(SampleReport::drawn))).isEqualTo(html);
    }

    @Test
    void needsNothingButItself() {
        String html = HtmlReport.render(SAMPLE);
        assertThat(html).doesNotContain("<script").doesNotContain("<link").doesNotContain("@import");
        assertThat(Pattern.compile("(src|href)=\"(?!data:)").matcher(html).find())
                .as("a reference to another file")
                .isFalse();
        assertThat(html.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    @Test
    void onlyVoidElementsAreClosedByASlash() {
        String html = HtmlReport.render(SAMPLE);
        assertThat(Pattern.compile("<(?!meta|img)[a-z]+[^<>]*/>").matcher(html).find())
                .as("HTML would leave such an element open")
                .isFalse();
    }

    @Test
    void showsTheFiguresOfItsData() {
        ReportData data = SAMPLE;
        Metrics metrics = Metrics.of(data.evaluation().tally());
        String text = parsed(HtmlReport.render(data)).getDocumentElement().getTextContent();
        assertThat(text)
                .contains(Numbers.percent(metrics.topOne(), 2))
                .contains("points above logistic regression (84.12%)")
                .contains("Triangles are checkpoints (12)")
                .contains("rank 1")
                .contains("weight-decay = 5e-4");
    }

    @Test
    void warningsStandBeforeTheFigures() {
        ReportData data = SAMPLE.warning(List.of("no validation image of 1 of 3 classes: " + HOSTILE));
        String text = parsed(HtmlReport.render(data)).getDocumentElement().getTextContent();
        assertThat(text.indexOf("Warning: no validation image of 1 of 3 classes"))
                .as("place of the warning in the text")
                .isBetween(0, text.indexOf("95% interval"));
    }

    @Test
    void whateverComesInIsEscaped() {
        Mistake mistake = new Mistake(1, 0, 0, 1, 0.9, 0.1, 2.3);
        Tally tally = tally(new long[][] {{1, 1}, {0, 2}});
        ReportData data = new ReportData(
                HOSTILE,
                HOSTILE,
                List.of(HOSTILE, "b"),
                new ReportData.Evaluation(HOSTILE, tally),
                List.of(new ReportData.Baseline(HOSTILE, 0.5)),
                RunHistory.empty(),
                List.of(new ReportData.MistakePicture(mistake, SampleReport.drawn(0, 0))),
                List.of(new ReportData.AugmentedSample(HOSTILE, SampleReport.drawn(0, 0), List.of())),
                HOSTILE,
                List.of(new ReportData.Fact(HOSTILE, HOSTILE)));
        String html = HtmlReport.render(data);
        assertThat(html).doesNotContain("<script").doesNotContain("\u0000").contains("\uD83D\uDC1F");
        assertThat(parsed(html).getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo(HOSTILE.replace('\u0000', '\uFFFD'));
    }

    @Test
    void aRunWithoutHistoryOrEvaluationStillHasAPage() {
        String text = parsed(HtmlReport.render(bare(Tally.empty(2, 15, 0), RunHistory.empty())))
                .getDocumentElement()
                .getTextContent();
        assertThat(text).contains("No round is recorded.").doesNotContain("NaN").doesNotContain("Calibration");
    }

    @Test
    void aClassThatIsNeverPredictedHasADashForItsPrecision() {
        Document page = parsed(HtmlReport.render(bare(tally(new long[][] {{3, 0}, {2, 0}}), RunHistory.empty())));
        assertThat(page.getElementsByTagName("tbody").item(0).getTextContent().replaceAll("\\s+", " "))
                .as("precision 0/0, recall 0/2, F1 0, 2 samples, 0 predicted")
                .contains("b– 0.000 0.000 20");
    }

    @Test
    void lossesThatAreNotNumbersLeaveGapsNotText() {
        RunHistory diverged = HistoryReader.read("""
                {"event":"round","round":0,"firstStep":0,"endStep":5,"epoch":0,"lossSum":4.0,"correct":1,"samples":8,"firstRate":0.1,"lastRate":0.1,"seconds":1.0,"timings":[]}
                {"event":"round","round":1,"firstStep":5,"endStep":9,"epoch":0,"lossSum":null,"correct":0,"samples":8,"firstRate":0.1,"lastRate":0.1,"seconds":0.0,"timings":[]}
                """);
        String html = HtmlReport.render(bare(tally(new long[][] {{3, 0}, {2, 0}}), diverged));
        assertThat(diverged.rounds()).hasSize(2);
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity").contains("training at step 5");
    }

    @Test
    void manyClassesAreCutToThoseWithMostMistakes() {
        long[][] confusion = new long[100][100];
        for (int i = 0; i < 100; i++) {
            confusion[i][i] = 10;
        }
        confusion[97][3] = 7;
        List<String> names = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> "class" + i)
                .toList();
        ReportData data = new ReportData(
                "t",
                "",
                names,
                new ReportData.Evaluation("images", tally(confusion)),
                List.of(),
                RunHistory.empty(),
                List.of(),
                List.of(),
                "",
                List.of());
        assertThat(HtmlReport.render(data))
                .contains("The 40 of 100 classes")
                .contains("class97 taken for class3: 7 (41.2% of the label)");
    }

    @Test
    void namesMustFitTheTally() {
        Tally three = Tally.empty(3, 15, 0);
        assertThatThrownBy(() -> bare(three, RunHistory.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 class names with a tally of 3 classes");
    }

    @Test
    void aBaselineInsideTheIntervalIsNoClearDifference() {
        Metrics metrics = Metrics.of(tally(new long[][] {{50, 50}, {0, 100}}));
        assertThat(HeadlineSection.verdict(metrics, new ReportData.Baseline("forest", 0.76)))
                .isEqualTo("1.0 points below forest (76.00%), within the interval: no clear difference.");
        assertThat(HeadlineSection.verdict(metrics, new ReportData.Baseline("forest", 0.9)))
                .isEqualTo("15.0 points below forest (90.00%).");
    }

    private static ReportData bare(Tally tally, RunHistory history) {
        return new ReportData(
                "bare",
                "",
                List.of("a", "b"),
                new ReportData.Evaluation("images", tally),
                List.of(),
                history,
                List.of(),
                List.of(),
                "",
                List.of());
    }

    private static Tally tally(long[][] confusion) {
        long samples = 0;
        long correct = 0;
        for (int i = 0; i < confusion.length; i++) {
            correct += confusion[i][i];
            for (long count : confusion[i]) {
                samples += count;
            }
        }
        CalibrationBin bin = new CalibrationBin(samples, 0.8 * samples, correct);
        return new Tally(samples, 2, correct, samples, confusion, List.of(bin), 0, List.of());
    }

    private static Document parsed(String html) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("the page is not well-formed", e);
        }
    }
}
