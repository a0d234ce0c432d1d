package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Split;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.checkpoint.RunCheckpoints;
import io.squadron.driver.report.ConsoleProgress;
import io.squadron.driver.report.History;
import io.squadron.driver.schedule.PlanTable;
import io.squadron.driver.schedule.Planner;
import io.squadron.driver.spark.SparkRoundRunner;
import io.squadron.driver.spark.prepare.DatasetIndexes;
import io.squadron.driver.training.RoundRunner;
import io.squadron.driver.training.RunSummary;
import io.squadron.driver.training.TrainingLoop;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.JobConfig;
import io.squadron.replica.Origin;
import io.squadron.replica.SavedState;
import io.squadron.replica.TrainingJob;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The job train: from a configuration to a trained run with its report. */
public final class Training {
    private static final int PLAN_ROWS = 40;

    private final Cluster cluster;
    private final JobConfig config;
    private final DatasetIndex index;
    private final RunSetup setup;
    private final RunDirectory directory;

    /** Loads the dataset of {@code config}. */
    public Training(Cluster cluster, JobConfig config) {
        this.cluster = cluster;
        this.config = config;
        this.index = DatasetIndexes.load(cluster.session(), config.dataset());
        this.setup = new RunSetup(config, index, cluster.storage());
        this.directory = new RunDirectory(cluster.storage(), config.run());
    }

    /** What the run would do, round by round, as a table for people. */
    public String plan() {
        TrainingJob job = setup.job();
        Planner planner = setup.planner();
        return "%s, %,d parameters, engine %s in %s, %d replicas of %d threads; %s with %s%n%n%s"
                .formatted(
                        job.network().spec().architecture(),
                        job.network().spec().layout().parameters(),
                        job.network().engine(),
                        precision(job),
                        config.training().replicas(),
                        config.training().threads(),
                        job.learning().optimiser(),
                        planner.settings().schedule(),
                        PlanTable.of(planner, 0, PLAN_ROWS));
    }

    /** A new run; fails where the directory holds one already. */
    public void start(PrintStream out) {
        if (directory.exists() && !directory.checkpoints().isEmpty()) {
            throw Failure.state(
                    "Cannot start a new run in %s: it holds checkpoints of an earlier one. "
                            + "Add --resume to go on with it, or choose another directory",
                    config.run());
        }
        run(new Origin.Fresh(), out);
    }

    /** The run goes on from its newest good checkpoint; where there is none, from its beginning. */
    public void resume(PrintStream out) {
        LatestCheckpoint latest = directory.checkpoints().latest();
        latest.skipped().forEach(skipped -> out.println("  skipped checkpoint " + skipped));
        if (latest instanceof LatestCheckpoint.Found found) {
            ResumeCheck.require(found.checkpoint(), config, index.fingerprint());
            out.println("  resuming at step " + found.checkpoint().state().step());
            run(new Origin.Saved(found.checkpoint().state()), out);
        } else if (!directory.checkpoints().isEmpty()) {
            throw Failure.state(
                    "Cannot resume %s: every committed checkpoint is damaged (%s). Restore one, or start a new run in "
                            + "another directory",
                    config.run(), String.join("; ", latest.skipped()));
        } else {
            out.println("  no usable checkpoint in " + config.run() + ": starting from the beginning");
            run(new Origin.Fresh(), out);
        }
    }

    private void run(Origin origin, PrintStream out) {
        TrainingJob job = setup.job();
        Planner planner = setup.planner();
        Map<String, String> provenance = Provenances.of(
                config,
                index,
                job.network().engine() + " in " + precision(job),
                cluster.session().version());
        out.println("  engine " + job.network().engine() + " in " + precision(job));
        LastEvaluation last = new LastEvaluation();
        ConsoleProgress progress = new ConsoleProgress(out, reader(), System::nanoTime);
        try (RoundRunner runner = new SparkRoundRunner(cluster.context(), job, setup.staffing(), progress)) {
            directory.keep(config);
            TrainingLoop.Parts parts = new TrainingLoop.Parts(
                    planner,
                    runner,
                    checkpoints(job, provenance),
                    setup.examination(Split.VALIDATION),
                    Split.VALIDATION,
                    System::nanoTime);
            new TrainingLoop(parts, origin, List.of(progress, new History(directory.historyAppender()), last))
                    .run(summary(job, planner, origin));
        }
        last.tally()
                .ifPresent(tally -> new Reports(setup, directory, provenance)
                        .write(directory.report(), new Reports.Subject("validation images", tally, List.of())));
    }

    private static String precision(TrainingJob job) {
        return job.placement().compute().precision().name().toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("SystemConsoleNull") // on Java 17 it is null unless both ends are a terminal
    private static ConsoleProgress.Reader reader() {
        return System.console() == null ? ConsoleProgress.Reader.LOG : ConsoleProgress.Reader.TERMINAL;
    }

    private RunCheckpoints checkpoints(TrainingJob job, Map<String, String> provenance) {
        Checkpoint pattern = new Checkpoint(
                new SavedState("", 0, 0, List.of()),
                job.learning().vectorNames(),
                new Checkpoint.Place(0, 0, 0, config.seed()),
                setup.facts(),
                job.network().freeze().nodes().stream().sorted().toList(),
                config.resolved(),
                index.fingerprint(),
                Map.of(),
                provenance);
        return new RunCheckpoints(
                directory.checkpoints(), pattern, config.checkpoint().keep());
    }

    private RunSummary summary(TrainingJob job, Planner planner, Origin origin) {
        return new RunSummary(
                config.run(),
                planner.settings().extent().totalSteps(),
                config.training().epochs(),
                config.training().replicas(),
                setup.trainingSamples().length,
                index.classes().size(),
                job.network().engine(),
                job.network().spec().architecture(),
                job.network().spec().layout().parameters(),
                origin instanceof Origin.Saved saved ? saved.state().step() : 0);
    }
}
