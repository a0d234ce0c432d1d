package io.squadron.driver.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String KEY = "optimiser.learning-rate";

    @Test
    void spreadIsThatOfASample() {
        Spread spread = Spread.of(List.of(1.0, 2.0, 4.0));

        assertThat(spread.mean()).isCloseTo(7.0 / 3, within(1e-15));
        assertThat(spread.deviation()).isCloseTo(Math.sqrt(7.0 / 3), within(1e-15));
        assertThat(Spread.of(List.of(5.0)).deviation()).isNaN();
        assertThat(Spread.of(List.of()).mean()).isNaN();
    }

    @Test
    void settingsStandBestFirstAndFailedOnesLast() {
        Comparison comparison = new Comparison(List.of(
                done("0.1", 1, 0.5, 0.8),
                failed("9", 1),
                done("0.2", 1, 0.6, 0.9),
                done("0.1", 2, 0.7, 0.6),
                failed("0.2", 2)));

        List<Comparison.Row> rows = comparison.rows();
        assertThat(rows)
                .extracting(row -> row.setting().label())
                .containsExactly("learning-rate=0.2", "learning-rate=0.1", "learning-rate=9");
        assertThat(rows.get(0).failures()).isEqualTo(1);
        assertThat(rows.get(1).best().mean()).as("of the best of each run").isCloseTo(0.75, within(1e-12));
        assertThat(rows.get(1).last().mean()).as("of the last of each run").isCloseTo(0.7, within(1e-12));
        assertThat(comparison.numericKeys()).containsExactly(KEY);
        assertThat(comparison.verdict()).contains("single seed");
    }

    @Test
    void meansThatTheirSpreadCoversAreNotToldApart() {
        Comparison close =
                new Comparison(List.of(done("1", 1, 0.80), done("1", 2, 0.86), done("2", 1, 0.81), done("2", 2, 0.84)));
        Comparison apart =
                new Comparison(List.of(done("1", 1, 0.90), done("1", 2, 0.91), done("2", 1, 0.80), done("2", 2, 0.81)));

        assertThat(close.verdict()).contains("not told apart");
        assertThat(apart.verdict()).contains("better than the second");
    }

    @Test
    void halvingGoesByTheFiguresOfItsRungAlone() {
        List<TrialResult> results = List.of(done("1", 1, 0.5, 0.99), done("2", 1, 0.6), failed("3", 1));
        List<Setting> taking =
                results.stream().map(each -> each.trial().setting()).toList();

        assertThat(new Comparison(results).best(taking, 1))
                .extracting(Setting::label)
                .containsExactly("learning-rate=2", "learning-rate=1");
    }

    @Test
    void whoCameFurtherLeads() {
        TrialResult behind = new TrialResult(
                new Trial(setting("1"), 1),
                "run",
                TrialResult.Status.PARTLY,
                List.of(new TrialResult.Point(1, 0.9, 1)),
                "");

        Comparison comparison = new Comparison(List.of(behind, done("2", 1, 0.4, 0.5)));
        assertThat(comparison.rows().get(0).setting()).isEqualTo(setting("2"));
        assertThat(comparison.verdict()).contains("came further");
    }

    static TrialResult done(String rate, long seed, double... accuracies) {
        List<TrialResult.Point> curve = IntStream.range(0, accuracies.length)
                .mapToObj(i -> new TrialResult.Point(i + 1, accuracies[i], 1 - accuracies[i]))
                .toList();
        return new TrialResult(new Trial(setting(rate), seed), "run", TrialResult.Status.DONE, curve, "");
    }

    static TrialResult failed(String rate, long seed) {
        return new TrialResult(
                new Trial(setting(rate), seed), "run", TrialResult.Status.FAILED, List.of(), "it <broke>");
    }

    private static Setting setting(String rate) {
        return Setting.none().with(KEY, rate);
    }
}
