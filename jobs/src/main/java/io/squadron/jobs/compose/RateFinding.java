package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Split;
import io.squadron.driver.experiment.RateCurve;
import io.squadron.driver.report.RatePage;
import io.squadron.driver.schedule.Averaging;
import io.squadron.driver.schedule.Cadence;
import io.squadron.driver.schedule.Exponential;
import io.squadron.driver.schedule.Extent;
import io.squadron.driver.schedule.PlanSettings;
import io.squadron.driver.schedule.Planner;
import io.squadron.driver.schedule.Span;
import io.squadron.driver.spark.SparkRoundRunner;
import io.squadron.driver.spark.prepare.DatasetIndexes;
import io.squadron.driver.training.RangeTest;
import io.squadron.driver.training.RoundRunner;
import io.squadron.driver.training.TrainingListener;
import io.squadron.jobs.config.JobConfig;
import io.squadron.replica.Entry;
import io.squadron.replica.TrainingJob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The job lr-find: a learning-rate range test of what a configuration would train at its first step. */
public final class RateFinding {
    private final Cluster cluster;
    private final JobConfig config;
    private final Exponential rates;
    private final DatasetIndex index;
    private final RunSetup setup;

    /** Loads the dataset of {@code config}. */
    public RateFinding(Cluster cluster, JobConfig config, Exponential rates) {
        this.cluster = cluster;
        this.config = config;
        this.rates = rates;
        this.index = DatasetIndexes.load(cluster.session(), config.dataset());
        this.setup = RunSetup.beginning(config, index, cluster.storage());
    }

    /** Trains, writes the page to {@code out} and says what was found. */
    public String run(String out, TrainingListener listener) {
        RateCurve curve = curve(listener);
        String page = RatePage.render("Learning rates", summary(), curve);
        cluster.storage().replace(out, page.getBytes(StandardCharsets.UTF_8));
        return words(curve) + "\npage: " + out;
    }

    private RateCurve curve(TrainingListener listener) {
        TrainingJob job = job();
        try (RoundRunner runner = new SparkRoundRunner(cluster.context(), job, setup.staffing(), listener)) {
            RangeTest test = new RangeTest(runner, planner(), Math.toIntExact(rates.steps()));
            List<Double> known = test.rates();
            List<Double> losses =
                    test.losses(soFar -> RateCurve.of(known, soFar).points().size() < soFar.size());
            return RateCurve.of(known, losses);
        }
    }

    /** What is trained at the first step, from there to the end: the test has no phases. */
    private TrainingJob job() {
        TrainingJob job = setup.job();
        return new TrainingJob(
                "lr-find " + config.dataset(),
                job.network(),
                job.learning(),
                job.sync(),
                job.feeding(),
                job.placement(),
                List.of(job.phaseAt(0).with(Entry.ofImages())));
    }

    private Planner planner() {
        int samples = index.positions(Split.TRAIN).length;
        int batch = config.training().globalBatch();
        long perEpoch = new Extent(samples, batch, 1).stepsPerEpoch();
        int epochs = Math.toIntExact((rates.steps() + perEpoch - 1) / perEpoch);
        return new Planner(new PlanSettings(
                new Extent(samples, batch, epochs),
                rates,
                Averaging.every(1),
                new Cadence(Span.epochs(1), Span.epochs(0), Span.epochs(0))));
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "%s on %,d training images in batches of %d, %s, %d steps from %s to %s.",
                config.model().architecture(),
                index.positions(Split.TRAIN).length,
                config.training().globalBatch(),
                config.optimiser().name().name().toLowerCase(Locale.ROOT),
                rates.steps(),
                rates.from(),
                rates.to());
    }

    private String words(RateCurve curve) {
        if (!curve.tells()) {
            return "Only %d steps could be read: no rate is suggested. Begin with a lower --from, or take more --steps"
                    .formatted(curve.points().size());
        }
        RateCurve.Suggestion suggestion = curve.suggestion();
        return String.format(
                Locale.ROOT,
                "%d of %d steps could be read%nlearning rate: %.2g where the loss falls fastest, %.2g a tenth of where it "
                        + "is lowest%n(--set optimiser.learning-rate=...; uncertain by a factor of two or three)",
                curve.points().size(),
                rates.steps(),
                suggestion.steepest(),
                suggestion.tenthOfLowest());
    }
}
