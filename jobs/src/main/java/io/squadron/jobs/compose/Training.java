package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Split;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.checkpoint.RunCheckpoints;
import io.squadron.driver.experiment.TrialResult;
import io.squadron.driver.report.ConsoleProgress;
import io.squadron.driver.report.History;
import io.squadron.driver.runs.Pulse;
import io.squadron.driver.runs.StopRequest;
import io.squadron.driver.schedule.Extent;
import io.squadron.driver.schedule.PlanTable;
import io.squadron.driver.schedule.Planner;
import io.squadron.driver.schedule.Stretch;
import io.squadron.driver.spark.RunGauges;
import io.squadron.driver.spark.SparkRoundRunner;
import io.squadron.driver.spark.prepare.DatasetIndexes;
import io.squadron.driver.training.Ending;
import io.squadron.driver.training.RoundRunner;
import io.squadron.driver.training.RunSummary;
import io.squadron.driver.training.Standing;
import io.squadron.driver.training.TrainingListener;
import io.squadron.driver.training.TrainingLoop;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.optim.ParameterGroup;
import io.squadron.replica.SavedState;
import io.squadron.replica.TrainingJob;
import io.squadron.storage.Storage;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
        this.directory = new RunDirectory(cluster.storage(), config.run());
        this.setup = setup(cluster.storage());
    }

    /**
     * What a run goes on with: its own configuration, and {@code sources} over it. Of a run that never began they are all there
     * is, and then they have to name a dataset.
     */
    public static JobConfig resumed(Storage storage, String run, List<ConfigSource> sources) {
        RunDirectory directory = new RunDirectory(storage, run);
        JobConfig config = directory.exists() ? directory.config(sources) : JobConfig.load(sources);
        boolean prepares = !config.prepare().source().isEmpty()
                && !config.prepare().cache().isEmpty();
        if (config.dataset().isEmpty() && !prepares) {
            throw Failure.state(
                    "Cannot resume %s: there is no run (expected its configuration.json). Name the directory of one, or begin one "
                            + "with --dataset and without --resume",
                    run);
        }
        return config;
    }

    /** A run that has a checkpoint needs nothing that it began with. */
    private RunSetup setup(Storage storage) {
        return directory.exists() && directory.checkpoints().latest() instanceof LatestCheckpoint.Found found
                ? RunSetup.of(found.checkpoint().model(), config, index, storage)
                : RunSetup.beginning(config, index, storage);
    }

    /** What the run would do, round by round, as a table for people. */
    public String plan() {
        TrainingJob job = setup.job();
        Planner planner = setup.planner();
        return "%s, %,d parameters, engine %s in %s, %d replicas of %d threads; %s with %s%n%s%n%s"
                .formatted(
                        job.network().spec().architecture(),
                        job.network().spec().layout().parameters(),
                        job.network().engine(),
                        precision(job),
                        config.training().replicas(),
                        config.training().threads(),
                        job.learning().optimiser(),
                        planner.settings().schedule(),
                        told(setup.pretraining().told(setup)) + phases(job),
                        PlanTable.of(planner, 0, PLAN_ROWS));
    }

    /** A line for each phase, if there are several. */
    private String phases(TrainingJob job) {
        if (job.phases().size() == 1) {
            return "";
        }
        int parameters = job.network().spec().layout().parameters();
        StringBuilder lines = new StringBuilder("phases:\n");
        List<Stretch> stretches = setup.stretches();
        for (int i = 0; i < stretches.size(); i++) {
            int trained = job.phases().get(i).groups().stream()
                    .mapToInt(ParameterGroup::length)
                    .sum();
            lines.append(
                    "  from step %,d: inputs of %d pixels, %,d of %,d parameters trained, learning rates times %s%n"
                            .formatted(
                                    stretches.get(i).from(),
                                    stretches.get(i).size(),
                                    trained,
                                    parameters,
                                    stretches.get(i).rate()));
        }
        return lines.toString();
    }

    private static String told(List<String> lines) {
        return lines.stream().map(line -> line + System.lineSeparator()).collect(Collectors.joining());
    }

    /** What is thin about the dataset, in sentences. */
    public List<String> warnings() {
        return Preparation.warnings(index, config);
    }

    /** A new run; fails where the directory holds one already. */
    public void start(PrintStream out) {
        if (directory.exists() && !directory.checkpoints().isEmpty()) {
            throw Failure.state(
                    "Cannot start a new run in %s: it holds checkpoints of an earlier one. "
                            + "Add --resume to go on with it, or choose another directory",
                    config.run());
        }
        run(Standing.fresh(), ending(), out);
    }

    /**
     * Begins the run or goes on with it, until {@code epochs} are done or it is over; takes no step where that is so already. It
     * rests there with a checkpoint, and what it does later does not depend on its having rested.
     */
    void reach(int epochs, PrintStream out) {
        Extent extent = setup.planner().settings().extent();
        int until = Math.min(epochs, extent.epochs());
        reachStep(until * extent.stepsPerEpoch(), out);
    }

    /** As {@link #reach}, until {@code step}, the end of a round. */
    void reachStep(long step, PrintStream out) {
        Ending wanted = ending().pausedAt(step);
        Standing standing = standing(out);
        if (standing.step() < wanted.pauseAt() && !wanted.over(standing.trend())) {
            run(standing, wanted, out);
        }
    }

    /** Whether the run has come to its end, by its newest good checkpoint. */
    boolean over() {
        LatestCheckpoint latest = directory.checkpoints().latest();
        return latest instanceof LatestCheckpoint.Found found
                && (found.checkpoint().state().step()
                                >= setup.planner().settings().extent().totalSteps()
                        || ending().over(Standing.at(found.checkpoint()).trend()));
    }

    /** Where the run comes from, or would, if it began now. */
    Map<String, String> provenance() {
        TrainingJob job = setup.job();
        return Provenances.of(
                config,
                index,
                job.network().engine() + " in " + precision(job),
                cluster.session().version());
    }

    String fingerprint() {
        return index.fingerprint();
    }

    /** What the run's looks at the validation split gave. */
    List<TrialResult.Point> validation() {
        double perEpoch = setup.planner().settings().extent().stepsPerEpoch();
        return directory.history().evaluations(Split.VALIDATION).stream()
                .map(each -> new TrialResult.Point(each.step() / perEpoch, each.topOne(), each.loss()))
                .toList();
    }

    /** The run goes on from its newest good checkpoint; where there is none, from its beginning. */
    public void resume(PrintStream out) {
        run(standing(out), ending(), out);
    }

    private Standing standing(PrintStream out) {
        LatestCheckpoint latest = directory.checkpoints().latest();
        latest.skipped().forEach(skipped -> out.println("  skipped checkpoint " + skipped));
        if (latest instanceof LatestCheckpoint.Found found) {
            ResumeCheck.require(found.checkpoint(), config, index.fingerprint());
            out.println("  resuming at step " + found.checkpoint().state().step());
            return Standing.at(found.checkpoint());
        }
        if (!directory.checkpoints().isEmpty()) {
            throw Failure.state(
                    "Cannot resume %s: every committed checkpoint is damaged (%s). Restore one, or start a new run in "
                            + "another directory",
                    config.run(), String.join("; ", latest.skipped()));
        }
        out.println("  no usable checkpoint in " + config.run() + ": starting from the beginning");
        return Standing.fresh();
    }

    private void run(Standing from, Ending ending, PrintStream out) {
        directory.keep(config);
        StopRequest stop = directory.stopRequest();
        stop.clear();
        Pulse.Self self = new Pulse.Self(
                cluster.context().sc().applicationId(),
                cluster.context().getConf().get("spark.driver.host", ""));
        Pulse pulse = new Pulse(cluster.storage(), config.run(), self, InstantSource.system());
        pulse.over(() -> run(from, ending.stoppedBy(stop), pulse, out));
        stop.clear();
        if (directory.history().halted()) {
            throw Failure.stopped(
                    "Stopped %s as it was asked to: everything up to its last round is saved. Go on with train --resume",
                    config.run());
        }
    }

    private void run(Standing from, Ending ending, Pulse pulse, PrintStream out) {
        TrainingJob job = setup.job();
        Planner planner = setup.planner();
        Map<String, String> provenance = provenance();
        out.println("  engine " + job.network().engine() + " in " + precision(job));
        setup.pretraining().told(setup).forEach(line -> out.println("  " + line));
        CachedBody cached = new CachedBody(config, index, cluster.storage());
        cached.compute(cluster.context(), job, from, out);
        LastEvaluation last = new LastEvaluation();
        ConsoleProgress progress = new ConsoleProgress(out, reader(), System::nanoTime);
        List<TrainingListener> everywhere = List.of(progress, pulse, new RunGauges());
        TrainingListener within = event -> everywhere.forEach(each -> each.on(event));
        try (RoundRunner runner = new SparkRoundRunner(cluster.context(), job, setup.staffing(), within);
                Curves curves = Curves.of(config, cluster.storage())) {
            TrainingLoop.Parts parts = new TrainingLoop.Parts(
                    planner,
                    runner,
                    checkpoints(job, provenance),
                    setup.examination(Split.VALIDATION),
                    Split.VALIDATION,
                    System::nanoTime);
            new TrainingLoop(
                            parts,
                            from,
                            ending,
                            List.of(within, new History(directory.historyAppender()), directory.losses(), curves, last))
                    .run(summary(job, planner, from.step()));
        }
        if (!directory.history().halted()) {
            cached.clear();
        }
        last.tally()
                .ifPresent(tally -> new Reports(setup, directory, provenance)
                        .write(directory.report(), new Reports.Subject("validation images", tally, List.of())));
    }

    private Ending ending() {
        int patience = config.training().earlyStopping();
        if (patience > 0 && index.positions(Split.VALIDATION).length == 0) {
            throw Failure.usage(
                    "Cannot stop early on %s: it has no validation images (expected some where "
                            + "training.early-stopping is %d). Prepare it with a prepare.validation-share above 0",
                    config.dataset(), patience);
        }
        return Ending.early(patience, config.training().earlyStoppingDelta());
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

    private RunSummary summary(TrainingJob job, Planner planner, long step) {
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
                step);
    }
}
