package io.squadron.driver.report;

import io.squadron.dataset.Split;
import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A run's history as a table for other programs: one row a round, with the evaluation of its end where there was one. Cells are
 * String, Long or Double; a Double that is absent is NaN. Columns are explained in docs/observability.md.
 */
public final class RoundTable {
    /**
     * A column.
     *
     * @param type String, Long or Double
     */
    public record Column(String name, Class<?> type) {}

    private record Given(String run, TrainingEvent.RoundEnded round, HistoryEntry.Evaluation evaluation) {}

    private record Filled(Column column, Function<Given, Object> cell) {}

    private static final HistoryEntry.Evaluation NOTHING = new HistoryEntry.Evaluation(
            0,
            0,
            Split.VALIDATION,
            0,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN);

    private static final List<Filled> FILLED = List.of(
            new Filled(new Column("run", String.class), Given::run),
            whole("round", given -> given.round().round()),
            whole("epoch", given -> (long) given.round().epoch()),
            whole("first_step", given -> given.round().firstStep()),
            whole("end_step", given -> given.round().endStep()),
            whole("samples", given -> (long) given.round().result().samples()),
            number("loss", given -> given.round().loss()),
            number("accuracy", given -> given.round().accuracy()),
            number("first_rate", given -> given.round().firstRate()),
            number("last_rate", given -> given.round().lastRate()),
            number("seconds", given -> given.round().seconds()),
            number("images_per_second", given -> given.round().imagesPerSecond()),
            whole("ranks", given -> (long) given.round().timings().size()),
            number("read_seconds", given -> mean(given, RankTiming::read)),
            number("compute_seconds", given -> mean(given, RankTiming::compute)),
            number("norm_wait_seconds", given -> mean(given, RankTiming::normWait)),
            number("gradient_wait_seconds", given -> mean(given, RankTiming::gradientWait)),
            number("validation_loss", given -> given.evaluation().loss()),
            number("validation_accuracy", given -> given.evaluation().topOne()),
            number("validation_top5", given -> given.evaluation().topFive()),
            number("validation_calibration_error", given -> given.evaluation().calibrationError()));

    private RoundTable() {}

    public static List<Column> columns() {
        return FILLED.stream().map(Filled::column).toList();
    }

    /** Cells in the order of {@link #columns}, rounds ascending. */
    public static List<List<Object>> rows(String run, RunHistory history) {
        Map<Long, HistoryEntry.Evaluation> evaluations = history.evaluations(Split.VALIDATION).stream()
                .collect(Collectors.toMap(HistoryEntry.Evaluation::step, each -> each, (one, other) -> other));
        List<List<Object>> rows = new ArrayList<>();
        for (TrainingEvent.RoundEnded round : history.rounds()) {
            Given given = new Given(run, round, evaluations.getOrDefault(round.endStep(), NOTHING));
            rows.add(FILLED.stream().map(each -> each.cell().apply(given)).toList());
        }
        return rows;
    }

    /** As RFC 4180 has it, with a head; what is absent is empty. */
    public static String csv(String run, RunHistory history) {
        StringBuilder text = new StringBuilder();
        text.append(columns().stream().map(Column::name).collect(Collectors.joining(",")))
                .append("\r\n");
        for (List<Object> row : rows(run, history)) {
            text.append(row.stream().map(RoundTable::written).collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String written(Object cell) {
        if (cell instanceof Double number && !Double.isFinite(number)) {
            return "";
        }
        String text = cell.toString();
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static double mean(Given given, ToDoubleFunction<RankTiming> part) {
        return given.round().timings().stream().mapToDouble(part).average().orElse(Double.NaN);
    }

    private static Filled whole(String name, Function<Given, Long> value) {
        return new Filled(new Column(name, Long.class), value::apply);
    }

    private static Filled number(String name, Function<Given, Double> value) {
        return new Filled(new Column(name, Double.class), value::apply);
    }
}
