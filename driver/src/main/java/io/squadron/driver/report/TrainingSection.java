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
        Frame frame = Frame.of(history);
        ToDoubleFunction<HistoryEntry.Evaluation> loss = HistoryEntry.Evaluation::loss;
        ToDoubleFunction<HistoryEntry.Evaluation> accuracy = HistoryEntry.Evaluation::topOne;
        Series trainingLoss = rounds(history, "a", RoundEnded::loss);
        Series trainingAccuracy = rounds(history, "a", RoundEnded::accuracy);
        chart(page, frame.fromZero("Loss", trainingLoss, evaluations(history, loss)));
        chart(page, frame.shares("Accuracy", trainingAccuracy, evaluations(history, accuracy)));
        chart(page, frame.fromZero("Learning rate", rates(history)));
        chart(page, frame.fromZero("Images per second", rounds(history, "d", RoundEnded::imagesPerSecond)));
        page.close().close();
    }

    /** What the charts have in common: the steps of the run, and its checkpoints. */
    private record Frame(double steps, List<Double> marks) {
        static Frame of(RunHistory history) {
            List<Double> marks = history.checkpoints().stream()
                    .map(Checkpointed::step)
                    .map(Long::doubleValue)
                    .toList();
            List<RoundEnded> rounds = history.rounds();
            return new Frame(rounds.get(rounds.size() - 1).endStep(), marks);
        }

        LineChart fromZero(String title, Series... lines) {
            return new LineChart(
                    title, List.of(lines), LineChart.Floor.ZERO, LineChart.Unit.NUMBER, Axis.steps(steps), marks);
        }

        LineChart shares(String title, Series... lines) {
            return new LineChart(
                    title, List.of(lines), LineChart.Floor.DATA, LineChart.Unit.SHARE, Axis.steps(steps), marks);
        }
    }

    private static String remarks(RunHistory history) {
        List<String> said = new ArrayList<>();
        said.add(
                "Each point of the training curves is the mean of a round, taken while the weights moved and the images "
                        + "were augmented; validation is measured afterwards, on whole images.");
        if (!history.checkpoints().isEmpty()) {
            said.add("Triangles are checkpoints (" + history.checkpoints().size() + ").");
        }
        history.stop().ifPresent(stop -> said.add(stopped(stop)));
        history.best().ifPresent(best -> said.add(best(best, history)));
        said.addAll(statistics(history));
        if (history.resumes() > 0) {
            said.add("The run was resumed " + times(history.resumes()) + ".");
        }
        if (history.damagedLines() > 0) {
            said.add("Lines of the history that could not be read and are missing here: " + history.damagedLines()
                    + ".");
        }
        return String.join(" ", said);
    }

    private static String stopped(HistoryEntry.Stop stop) {
        return "The run stopped early, at step %s: %d evaluations in a row were no better than accuracy %s at step %s."
                .formatted(
                        Numbers.count(stop.step()),
                        stop.evaluations(),
                        Numbers.percent(stop.best(), 2),
                        Numbers.count(stop.bestStep()));
    }

    private static String best(HistoryEntry.Evaluation best, RunHistory history) {
        String uri = history.checkpoints().stream()
                .filter(each -> each.step() == best.step())
                .map(Checkpointed::uri)
                .findFirst()
                .orElseThrow();
        return "The best checkpoint is that of step %s, accuracy %s: %s."
                .formatted(Numbers.count(best.step()), Numbers.percent(best.topOne(), 2), uri);
    }

    /** What measuring the statistics of batch norms changed, if that was done. */
    private static List<String> statistics(RunHistory history) {
        List<HistoryEntry.Evaluation> compared = history.evaluations(Split.VALIDATION).stream()
                .filter(HistoryEntry.Evaluation::compares)
                .toList();
        if (compared.isEmpty()) {
            return List.of();
        }
        HistoryEntry.Evaluation last = compared.get(compared.size() - 1);
        return List.of(
                "Batch norms were evaluated with statistics measured over training samples: at the end accuracy %s, loss %s; with the running statistics of training accuracy %s, loss %s."
                        .formatted(
                                Numbers.percent(last.topOne(), 2),
                                Numbers.fixed(last.loss(), 4),
                                Numbers.percent(last.runningTopOne(), 2),
                                Numbers.fixed(last.runningLoss(), 4)));
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    static void chart(Markup page, LineChart chart) {
        page.open("figure").open("figcaption").element("b", chart.title());
        for (Series line : chart.series()) {
            if (!line.points().isEmpty()) {
                page.open("span", "class", "key").leaf("i", "class", "swatch " + line.kind());
                page.text(line.name() + " ")
                        .element("b", chart.unit().write(line.last()))
                        .close();
            }
        }
        page.close().raw(chart.svg()).close();
    }

    private static Series rounds(RunHistory history, String kind, ToDoubleFunction<RoundEnded> value) {
        List<Series.Point> points = new ArrayList<>();
        history.rounds().forEach(round -> points.add(new Series.Point(round.endStep(), value.applyAsDouble(round))));
        return new Series("training", kind, points);
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
