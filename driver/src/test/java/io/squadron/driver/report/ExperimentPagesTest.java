package io.squadron.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.driver.experiment.Comparison;
import io.squadron.driver.experiment.RateCurve;
import io.squadron.driver.experiment.Setting;
import io.squadron.driver.experiment.Trial;
import io.squadron.driver.experiment.TrialResult;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ExperimentPagesTest {
    @Test
    void aCurveOfRatesHasItsSuggestionsAndPowersOfTen() {
        List<Double> rates = IntStream.range(0, 200)
                .mapToObj(i -> 1e-6 * Math.pow(1e6, i / 199.0))
                .toList();
        List<Double> losses = rates.stream()
                .map(rate -> 2 - 1.5 / (1 + Math.exp(-4 * Math.log10(rate / 1e-3))))
                .toList();
        String page = RatePage.render("Rates", "a <small> network", RateCurve.of(rates, losses));

        assertThat(page)
                .contains(
                        "steepest descent", "a tenth of the lowest", ">0.001<", ">1e-05<", "smoothed at learning rate");
        assertThat(xml(page)).as("text").contains("a <small> network");
        assertThat(RatePage.render("Rates", "", RateCurve.of(rates, List.of())))
                .contains("No step could be taken")
                .doesNotContain("steepest descent");
    }

    @Test
    void aComparisonHasItsTableItsCurvesAndItsFailures() {
        List<TrialResult> results = new ArrayList<>();
        for (String rate : List.of("0.001", "0.01", "0.1")) {
            for (long seed = 1; seed <= 2; seed++) {
                results.add(result(rate, seed, 0.6 + seed / 100.0 + Double.parseDouble(rate)));
            }
        }
        results.add(new TrialResult(
                trial("9", 1), "run", TrialResult.Status.FAILED, List.of(), "Cannot update: the gradient holds <NaN>"));
        String page = ComparisonPage.render("Comparison", "four settings", new Comparison(results));

        String text = xml(page);
        assertThat(text)
                .contains("71.50%", "0.71%", "Cannot update: the gradient holds <NaN>", "Over optimiser.learning-rate");
        assertThat(text.indexOf("learning-rate=0.1")).isLessThan(text.indexOf("learning-rate=0.01"));
        assertThat(page)
                .contains(
                        "aria-label=\"Validation accuracy over epochs\"", "Best accuracy over optimiser.learning-rate");
    }

    private static TrialResult result(String rate, long seed, double accuracy) {
        return new TrialResult(
                trial(rate, seed),
                "run",
                TrialResult.Status.DONE,
                List.of(new TrialResult.Point(1, accuracy - 0.1, 1), new TrialResult.Point(2, accuracy, 0.8)),
                "");
    }

    private static Trial trial(String rate, long seed) {
        return new Trial(Setting.none().with("optimiser.learning-rate", rate), seed);
    }

    /** The text of a page that is well-formed XML. */
    private static String xml(String page) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(page.replaceFirst("<!DOCTYPE html>", ""))))
                    .getDocumentElement()
                    .getTextContent();
        } catch (Exception broken) {
            throw new AssertionError(page, broken);
        }
    }
}
