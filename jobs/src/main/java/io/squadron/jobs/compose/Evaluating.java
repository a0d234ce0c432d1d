package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.ShardSamples;
import io.squadron.dataset.Split;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.CheckpointStore;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.report.Insights;
import io.squadron.driver.report.ReportData;
import io.squadron.driver.spark.SparkEvaluation;
import io.squadron.driver.spark.prepare.DatasetIndexes;
import io.squadron.engine.Loss;
import io.squadron.evaluation.Metrics;
import io.squadron.evaluation.Tally;
import io.squadron.exchange.ModelFacts;
import io.squadron.failure.Failure;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Look;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.model.Freeze;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelSpec;
import io.squadron.replica.InitialWeights;
import io.squadron.replica.Network;
import io.squadron.replica.SavedModel;
import io.squadron.storage.Storage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The job evaluate: a checkpoint looks at one split of a dataset, each sample once, and a report is written. */
public final class Evaluating {
    private final Cluster cluster;
    private final RunSetup setup;
    private final Checkpoint checkpoint;

    private Evaluating(Cluster cluster, RunSetup setup, Checkpoint checkpoint) {
        this.cluster = cluster;
        this.setup = setup;
        this.checkpoint = checkpoint;
    }

    /** The newest good checkpoint of {@code run}, with the run's own configuration below {@code sources}. */
    public static Evaluating ofRun(Cluster cluster, String run, List<ConfigSource> sources) {
        RunDirectory directory = new RunDirectory(cluster.storage(), run);
        JobConfig config = directory.config(sources);
        if (!(directory.checkpoints().latest() instanceof LatestCheckpoint.Found found)) {
            throw Failure.state("Cannot evaluate %s: it holds no usable checkpoint. Train first", run);
        }
        return of(cluster, config, found.checkpoint());
    }

    /** The checkpoint in the directory {@code uri}, with the configuration it carries below {@code sources}. */
    public static Evaluating ofCheckpoint(Cluster cluster, String uri, List<ConfigSource> sources) {
        Checkpoint checkpoint = new CheckpointStore(cluster.storage(), uri).load(uri);
        List<ConfigSource> all = new java.util.ArrayList<>();
        all.add(new ConfigSource.Text("configuration of " + uri, checkpoint.configuration()));
        all.addAll(sources);
        return of(cluster, JobConfig.load(all), checkpoint);
    }

    private static Evaluating of(Cluster cluster, JobConfig config, Checkpoint checkpoint) {
        DatasetIndex index = DatasetIndexes.load(cluster.session(), config.dataset());
        if (!index.classes().equals(checkpoint.model().classes())) {
            throw Failure.state(
                    "Cannot evaluate on %s: its classes are %s (expected those of the model, in their order: %s)",
                    config.dataset(), index.classes(), checkpoint.model().classes());
        }
        return new Evaluating(cluster, RunSetup.of(checkpoint.model(), config, index, cluster.storage()), checkpoint);
    }

    /** Names of the classes, by label. */
    public List<String> classes() {
        return setup.index().classes();
    }

    RunSetup setup() {
        return setup;
    }

    /** Counts over the configured split, distributed over the slots of the cluster. */
    public Tally tally() {
        Split split = setup.config().evaluation().split();
        if (setup.index().positions(split).length == 0) {
            throw Failure.data(
                    "Cannot evaluate the %s split of %s: it has no samples. Name another with --split, or prepare "
                            + "with a share held out for it",
                    split.name().toLowerCase(Locale.ROOT), setup.config().dataset());
        }
        ModelFacts model = checkpoint.model();
        EvaluationTransform evaluation = new EvaluationTransform(
                model.resize(), model.size(), setup.config().input().interpolation());
        SparkEvaluation job = new SparkEvaluation(
                savedModel(),
                new ShardSamples(setup.storage(), setup.index(), setup.config().seed(), setup.cache()),
                Look.of(evaluation, setup.config().evaluation().views()),
                setup.config().training().decodeThreads());
        return job.tally(cluster.context(), setup.examination(split), cluster.parallelism());
    }

    private Insights insights(Tally tally) {
        return new LookInside(setup, checkpoint.model(), savedModel()).at(tally);
    }

    private SavedModel savedModel() {
        ModelSpec spec = checkpoint.model().spec();
        Network network = new Network(
                spec,
                setup.engine().name(),
                new Freeze(new LinkedHashSet<>(checkpoint.frozen())),
                checkpoint.model().normalisation(),
                new InitialWeights(Initialisation.HE_NORMAL_FAN_OUT, 0, InitialWeights.ResidualStart.ONE),
                Loss.plain());
        return new SavedModel(network, checkpoint.state(), checkpoint.bestVector(), setup.storage());
    }

    /** Writes report.html and metrics.json into {@code out}; returns the report's URI. */
    public String report(Tally tally, String out, List<ReportData.Baseline> baselines) {
        String split = setup.config().evaluation().split().name().toLowerCase(Locale.ROOT);
        Map<String, String> provenance = new TreeMap<>(checkpoint.provenance());
        provenance.put("checkpoint", checkpoint.state().directory());
        RunDirectory run = new RunDirectory(setup.storage(), setup.config().run());
        setup.storage().makeDirectories(out);
        String page = Storage.child(out, "report.html");
        new Reports(setup, run, provenance)
                .write(page, new Reports.Subject(split + " images", tally, baselines, insights(tally)));
        run.write(
                Storage.child(out, "metrics.json"),
                MetricsJson.of(Metrics.of(tally), setup.index().classes()));
        return page;
    }
}
