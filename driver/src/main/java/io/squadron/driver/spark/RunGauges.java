package io.squadron.driver.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.squadron.dataset.Split;
import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import io.squadron.evaluation.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the run of this application does, in Spark's own metrics system: gauges of the driver's {@link SquadronPlugin}, for
 * whatever sinks Spark is configured with. Gauges of ranks come with the ranks. Before there is something to tell a gauge is
 * NaN. An application that trains one run after the other shows the newest. Thread-safe.
 */
public final class RunGauges implements TrainingListener {
    private static final List<String> NAMES = List.of(
            "round",
            "epoch",
            "step",
            "totalSteps",
            "loss",
            "accuracy",
            "learningRate",
            "imagesPerSecond",
            "roundSeconds",
            "validationLoss",
            "validationAccuracy");

    private static final Map<String, Double> VALUES = new ConcurrentHashMap<>();
    private static volatile Optional<MetricRegistry> registry = Optional.empty();

    /** The gauges of an application that begins; Spark takes in a source only if it has some already. */
    static void register(MetricRegistry into) {
        VALUES.clear();
        registry = Optional.of(into);
        NAMES.forEach(name -> gauge(into, name));
    }

    private static void gauge(MetricRegistry into, String name) {
        if (!into.getNames().contains(name)) {
            into.register(name, (Gauge<Double>) () -> VALUES.getOrDefault(name, Double.NaN));
        }
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.TrainingStarted started) {
            VALUES.clear();
            VALUES.put("totalSteps", (double) started.summary().totalSteps());
            VALUES.put("step", (double) started.step());
        } else if (event instanceof TrainingEvent.StepsDone steps) {
            VALUES.put("round", (double) steps.round());
            VALUES.put("epoch", steps.epoch() + 1.0);
            VALUES.put("step", (double) steps.step());
            VALUES.put("loss", steps.soFar().lossSum() / steps.soFar().samples());
            VALUES.put("learningRate", steps.learningRate());
        } else if (event instanceof TrainingEvent.RanksTimed timed) {
            timed.timings().forEach(RunGauges::rank);
        } else if (event instanceof TrainingEvent.RoundEnded round) {
            ended(round);
        } else if (event instanceof TrainingEvent.Evaluated evaluated && evaluated.split() == Split.VALIDATION) {
            Metrics metrics = evaluated.metrics();
            VALUES.put("validationLoss", metrics.loss());
            VALUES.put("validationAccuracy", metrics.topOne());
        }
    }

    private static void ended(TrainingEvent.RoundEnded round) {
        VALUES.put("round", (double) round.round());
        VALUES.put("epoch", round.epoch() + 1.0);
        VALUES.put("step", (double) round.endStep());
        VALUES.put("loss", round.loss());
        VALUES.put("accuracy", round.accuracy());
        VALUES.put("learningRate", round.lastRate());
        VALUES.put("imagesPerSecond", round.imagesPerSecond());
        VALUES.put("roundSeconds", round.seconds());
        round.timings().forEach(RunGauges::rank);
    }

    /** Where the time of a rank went in its round until now. */
    private static void rank(RankTiming timing) {
        rank(timing, "readSeconds", timing.read());
        rank(timing, "computeSeconds", timing.compute());
        rank(timing, "normWaitSeconds", timing.normWait());
        rank(timing, "gradientWaitSeconds", timing.gradientWait());
    }

    private static void rank(RankTiming timing, String what, double seconds) {
        String name = "rank." + timing.rank() + "." + what;
        VALUES.put(name, seconds);
        registry.ifPresent(into -> gauge(into, name));
    }
}
