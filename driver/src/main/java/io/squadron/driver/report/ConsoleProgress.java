package io.squadron.driver.report;

import io.squadron.driver.training.RunSummary;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import io.squadron.engine.StepResult;
import io.squadron.evaluation.Metrics;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Progress for the person at the keyboard. On a terminal one line is redrawn in place; elsewhere (a log file, a scheduler)
 * each round writes one line. Evaluations and checkpoints stay as lines of their own in both.
 */
public final class ConsoleProgress implements TrainingListener {
    /** Who reads along. */
    public enum Reader {
        /** A terminal that understands carriage return. */
        TERMINAL,
        /** A file or a pipe. */
        LOG
    }

    private final PrintStream out;
    private final Reader reader;
    private final LongSupplier nanos;
    private RunSummary summary = new RunSummary("", 0, 0, 0, 0, 0, "", "", 0, 0);
    private Pace pace = new Pace(0, 0);
    private double imagesPerSecond = Double.NaN;
    private long roundBegan;
    private int drawn;
    private final Map<String, Integer> slow = new TreeMap<>();

    /**
     * Progress that is written to {@code out}.
     *
     * @param nanos a clock that never goes back, as System::nanoTime
     */
    public ConsoleProgress(PrintStream out, Reader reader, LongSupplier nanos) {
        this.out = out;
        this.reader = reader;
        this.nanos = nanos;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.TrainingStarted started) {
            begin(started.summary());
        } else if (event instanceof TrainingEvent.StepsDone steps) {
            progressed(steps);
        } else if (event instanceof TrainingEvent.RoundEnded round) {
            ended(round);
        } else if (event instanceof TrainingEvent.RoundRepeated again) {
            roundBegan = nanos.getAsLong();
            lasting("  round %d begins again at step %d: %s".formatted(again.round(), again.step(), again.reason()));
        } else if (event instanceof TrainingEvent.Evaluated evaluated) {
            lasting(line(evaluated));
        } else if (event instanceof TrainingEvent.Checkpointed checkpoint) {
            lasting(String.format(
                    Locale.ROOT,
                    "  checkpoint  step %d, %s in %ss, %s",
                    checkpoint.step(),
                    Numbers.bytes(checkpoint.bytes()),
                    Numbers.fixed(checkpoint.seconds(), 1),
                    checkpoint.uri()));
        } else if (event instanceof TrainingEvent.StoppedEarly stopped) {
            lasting(String.format(
                    Locale.ROOT,
                    "  stopped early: the last %d evaluations were no better than accuracy %s of step %d",
                    stopped.trend().since(),
                    Numbers.percent(stopped.trend().best(), 2),
                    stopped.trend().bestStep()));
        } else if (event instanceof TrainingEvent.Halted halted) {
            lasting("  stopped on request: everything up to step " + halted.step() + " is saved");
        } else if (event instanceof TrainingEvent.TrainingEnded end) {
            lasting("trained to step " + end.step() + " in " + Numbers.duration(end.seconds()));
        }
    }

    private void begin(RunSummary started) {
        summary = started;
        roundBegan = nanos.getAsLong();
        pace = new Pace(started.resumedAtStep(), roundBegan);
        lasting(String.format(
                Locale.ROOT,
                "%s: %s (%s parameters, engine %s), %s images in %d classes, %d %s, %d steps in %d %s%s",
                started.run(),
                started.architecture(),
                Numbers.count(started.parameters()),
                started.engine(),
                Numbers.count(started.samples()),
                started.classes(),
                started.replicas(),
                started.replicas() == 1 ? "replica" : "replicas",
                started.totalSteps(),
                started.totalEpochs(),
                started.totalEpochs() == 1 ? "epoch" : "epochs",
                started.resumedAtStep() > 0 ? ", resumed at step " + started.resumedAtStep() : ""));
    }

    private void progressed(TrainingEvent.StepsDone steps) {
        long now = nanos.getAsLong();
        pace.observe(steps.step(), now);
        imagesPerSecond = steps.soFar().samples() / ((now - roundBegan) * 1e-9);
        if (reader == Reader.TERMINAL) {
            redraw(line(steps.step(), steps.epoch(), steps.soFar(), steps.learningRate()));
        }
    }

    private void ended(TrainingEvent.RoundEnded round) {
        roundBegan = nanos.getAsLong();
        pace.observe(round.endStep(), roundBegan);
        imagesPerSecond = round.imagesPerSecond();
        String line = line(round.endStep(), round.epoch(), round.result(), round.lastRate());
        if (reader == Reader.TERMINAL) {
            redraw(line);
        } else {
            lasting(line);
        }
        stragglers(round);
    }

    /** Says who was slow in two rounds one after the other, once until it has caught up. */
    private void stragglers(TrainingEvent.RoundEnded round) {
        List<Straggler> found = Straggler.in(List.of(round));
        slow.keySet().retainAll(found.stream().map(Straggler::place).toList());
        for (Straggler each : found) {
            if (slow.merge(each.place(), 1, Integer::sum) == 2) {
                lasting("  straggler   %s takes %s times as long to compute as the median rank"
                        .formatted(each.place(), Numbers.fixed(each.ratio(), 1)));
            }
        }
    }

    /** At most 79 columns for runs below a million steps. */
    private String line(long step, int epoch, StepResult result, double rate) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  step %d/%d  loss %s  acc %s  %s img/s  lr %s  %s left",
                epoch + 1,
                summary.totalEpochs(),
                step,
                summary.totalSteps(),
                Numbers.fixed(result.lossSum() / result.samples(), 3),
                Numbers.percent((double) result.correct() / result.samples(), 1),
                Numbers.short3(imagesPerSecond),
                Numbers.short3(rate),
                Numbers.duration(pace.left(summary.totalSteps())));
    }

    private static String line(TrainingEvent.Evaluated evaluated) {
        Metrics metrics = evaluated.metrics();
        String line = String.format(
                Locale.ROOT,
                "  %s  step %d, accuracy %s (95%% interval %s to %s), loss %s, %s images in %s",
                evaluated.split().name().toLowerCase(Locale.ROOT),
                evaluated.step(),
                Numbers.percent(metrics.topOne(), 2),
                Numbers.percent(metrics.interval().low(), 1),
                Numbers.percent(metrics.interval().high(), 1),
                Numbers.fixed(metrics.loss(), 4),
                Numbers.count(metrics.samples()),
                Numbers.duration(evaluated.seconds()));
        return line + beside(evaluated);
    }

    /** What running statistics of batch norms give, where the line before is of measured ones. */
    private static String beside(TrainingEvent.Evaluated evaluated) {
        if (evaluated.running().samples() == 0) {
            return "";
        }
        Metrics running = Metrics.of(evaluated.running());
        return String.format(
                Locale.ROOT,
                "; with running statistics accuracy %s, loss %s",
                Numbers.percent(running.topOne(), 2),
                Numbers.fixed(running.loss(), 4));
    }

    private void redraw(String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
        out.flush();
        drawn = line.length();
    }

    /** Writes a line that stays: over the drawn one, which the next progress draws again below. */
    private void lasting(String line) {
        if (drawn > 0) {
            out.print("\r" + " ".repeat(drawn) + "\r");
            drawn = 0;
        }
        out.print(line + "\n");
        out.flush();
    }
}
