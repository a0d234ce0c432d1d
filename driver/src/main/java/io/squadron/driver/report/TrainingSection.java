package io.squadron.driver.report;

import io.squadron.dataset.Split;
import io.squadron.driver.training.TrainingEvent.Checkpointed;
import io.squadron.driver.training.TrainingEvent.RoundEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The curves of a run. */
final class TrainingSection {
    private TrainingSection() {}

    static void write(Markup page, RunHistory history) {
        page.open("section").element("h2", "Training");
        if (history.rounds().isEmpty()) {
            page.element("p", "No round is recorded.", "class", "none").close();
            return;
        }
        page.element("p", remarks(history), "class", "lead").open("div", "class", "charts");
        List<Double> marks = history.checkpoints().stream()
                .map(Checkpointed::step)
                .map(Long::doubleValue)
                .toList();
        chart(page, loss(history, marks));
        chart(page, accuracy(history, marks));
        chart(
                page,
                new LineChart("Learning rate", List.of(rates(history)), LineChart.Floor.ZERO, Numbers::short3, marks));
        Series speed = rounds(history, "training", "d", RoundEnded::imagesPerSecond);
        chart(page, new LineChart("Images per second", List.of(speed), LineChart.Floor.ZERO, Numbers::short3, marks));
        page.close().close();
    }

    private static LineChart loss(RunHistory history, List<Double> marks) {
        List<Series> lines = List.of(
                rounds(history, "training", "a", RoundEnded::loss),
                evaluations(history, HistoryEntry.Evaluation::loss));
        return new LineChart("Loss", lines, LineChart.Floor.ZERO, Numbers::short3, marks);
    }

    private static LineChart accuracy(RunHistory history, List<Double> marks) {
        List<Series> lines = List.of(
                rounds(history, "training", "a", RoundEnded::accuracy),
                evaluations(history, HistoryEntry.Evaluation::topOne));
        return new LineChart("Accuracy", lines, LineChart.Floor.DATA, value -> Numbers.percent(value, 1), marks);
    }

    private static String remarks(RunHistory history) {
        List<String> said = new ArrayList<>();
        said.add(
                "Each point of the training curves is the mean of a round, taken while the weights moved and the images "
                        + "were augmented; validation is measured afterwards, on whole images.");
        if (!history.checkpoints().isEmpty()) {
            said.add("Triangles are checkpoints (" + history.checkpoints().size() + ").");
        }
        if (history.resumes() > 0) {
            said.add("The run was resumed " + times(history.resumes()) + ".");
        }
        if (history.damagedLines() > 0) {
            said.add("Lines of the history that could not be read and are missing here: " + history.damagedLines()
                    + ".");
        }
        return String.join(" ", said);
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private static void chart(Markup page, LineChart chart) {
        page.open("figure").open("figcaption").element("b", chart.title());
        for (Series line : chart.series()) {
            if (!line.points().isEmpty()) {
                page.open("span", "class", "key").leaf("i", "class", "swatch " + line.kind());
                page.text(line.name() + " ")
                        .element("b", chart.format().apply(line.last()))
                        .close();
            }
        }
        page.close().raw(chart.svg()).close();
    }

    private static Series rounds(RunHistory history, String name, String kind, ToDoubleFunction<RoundEnded> value) {
        List<Series.Point> points = new ArrayList<>();
        history.rounds().forEach(round -> points.add(new Series.Point(round.endStep(), value.applyAsDouble(round))));
        return new Series(name, kind, points);
    }

    private static Series rates(RunHistory history) {
        List<Series.Point> points = new ArrayList<>();
        for (RoundEnded round : history.rounds()) {
            points.add(new Series.Point(round.firstStep(), round.firstRate()));
            if (round.endStep() - 1 > round.firstStep()) {
                points.add(new Series.Point(round.endStep() - 1, round.lastRate()));
            }
        }
        return new Series("last", "c", points);
    }

    private static Series evaluations(RunHistory history, ToDoubleFunction<HistoryEntry.Evaluation> value) {
        List<Series.Point> points = new ArrayList<>();
        history.evaluations(Split.VALIDATION)
                .forEach(each -> points.add(new Series.Point(each.step(), value.applyAsDouble(each))));
        return new Series("validation", "b", points);
    }
}
