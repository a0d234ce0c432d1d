package io.squadron.jobs.compose;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.SampleOrder;
import io.squadron.dataset.ShardSamples;
import io.squadron.dataset.Split;
import io.squadron.diagnosis.Ablation;
import io.squadron.diagnosis.Activity;
import io.squadron.diagnosis.Advice;
import io.squadron.diagnosis.Domains;
import io.squadron.diagnosis.Finding;
import io.squadron.diagnosis.Looking;
import io.squadron.diagnosis.NetworkReading;
import io.squadron.driver.report.DiagnosisData;
import io.squadron.driver.report.ReportData;
import io.squadron.driver.spark.prepare.DatasetIndexes;
import io.squadron.engine.Batch;
import io.squadron.engine.Compute;
import io.squadron.engine.Loss;
import io.squadron.engine.Precision;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.exchange.ModelFacts;
import io.squadron.failure.Failure;
import io.squadron.image.EvaluationTransform;
import io.squadron.jobs.config.JobConfig;
import io.squadron.model.ModelSpec;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The job diagnose: a network looks at some images of one dataset or two, on the driver, and says what it measured. */
public final class Diagnosing {
    /** Small, so that the training pass of a large network fits into memory. */
    private static final int BATCH = 32;

    private final Cluster cluster;
    private final ChosenModel model;
    private final JobConfig config;
    private final RunSetup setup;
    private final int images;

    /** @param images of each dataset; as many others of the old one show what chance does */
    public Diagnosing(Cluster cluster, ChosenModel model, int images) {
        this.cluster = cluster;
        this.model = model;
        this.config = model.config();
        DatasetIndex index = DatasetIndexes.load(cluster.session(), config.dataset());
        this.setup = RunSetup.of(model.checkpoint().model(), config, index, cluster.storage());
        this.images = images;
    }

    /**
     * Looks.
     *
     * @param against dataset of new images
     * @param without what fresh networks shall lack; none: no fresh networks
     */
    public DiagnosisData look(Optional<String> against, Set<Ablation.Ingredient> without, PrintStream progress) {
        List<Finding> findings = new ArrayList<>();
        List<NetworkReading> readings = new ArrayList<>();
        Viewed old = viewed(setup.index(), lastPart(config.dataset()));
        progress.println("  looking at " + old.name());
        Look before = look(old);
        readings.add(before.reading());
        Optional<Domains> domains = Optional.empty();
        if (against.isPresent()) {
            DatasetIndex index = DatasetIndexes.load(cluster.session(), against.get());
            Viewed fresh = viewed(index, nameOf(against.get(), old.name()));
            progress.println("  looking at " + fresh.name());
            NetworkReading after = look(fresh).reading();
            readings.add(after);
            domains = Optional.of(Domains.of(before.reading(), before.again(), after));
            findings.addAll(Advice.on(domains.get()));
        }
        readings.forEach(reading -> findings.addAll(Advice.on(reading)));
        List<NetworkReading> variants = variants(old, without, findings, progress);
        findings.sort(Comparator.comparing(each -> each.verdict() == Finding.Verdict.HEALTHY));
        return new DiagnosisData(title(), summary(readings), findings, readings, domains, variants, facts(old));
    }

    /** @param again what enters the layers of other images of the same dataset */
    private record Look(NetworkReading reading, Map<String, Activity> again) {}

    /**
     * A dataset as it is looked at.
     *
     * @param again other images of it
     */
    private record Viewed(String name, DatasetIndex index, List<Batch> batches, List<Batch> again) {}

    private Viewed viewed(DatasetIndex index, String name) {
        int[] positions = index.positions(Split.TRAIN);
        int count = Math.min(images, positions.length / 2);
        if (count < 1) {
            throw Failure.data(
                    "Cannot look at %s: it has %d training images (expected 2)", index.directory(), positions.length);
        }
        SampleOrder order = SampleOrder.of(config.seed(), 0, positions.length);
        int[] chosen =
                IntStream.range(0, 2 * count).map(i -> positions[order.at(i)]).toArray();
        return new Viewed(
                name,
                index,
                batches(index, Arrays.copyOfRange(chosen, 0, count)),
                batches(index, Arrays.copyOfRange(chosen, count, 2 * count)));
    }

    private List<Batch> batches(DatasetIndex index, int[] positions) {
        List<BatchRequest> requests = new ArrayList<>();
        for (int at = 0; at < positions.length; at += BATCH) {
            int end = Math.min(positions.length, at + BATCH);
            requests.add(new BatchRequest(0, Arrays.copyOfRange(positions, at, end)));
        }
        ModelFacts facts = model.checkpoint().model();
        EvaluationTransform transform = new EvaluationTransform(facts.resize(), facts.size(), facts.interpolation());
        ShardSamples samples = new ShardSamples(cluster.storage(), index, config.seed(), setup.cache());
        try (BatchSource source =
                samples.open().open(requests, transform, config.training().decodeThreads())) {
            return requests.stream().map(each -> source.take()).toList();
        }
    }

    private Look look(Viewed viewed) {
        ModelSpec spec = fitting(viewed.index());
        try (Session session = open(spec, weights(spec))) {
            Looking looking = looking(session, spec);
            Map<String, Activity> again = looking.inputs(viewed.again());
            return new Look(looking.at(viewed.name(), viewed.batches()), again);
        }
    }

    /** The network with its own head, or where the classes are others with a fresh one: its gradients need their labels. */
    private ModelSpec fitting(DatasetIndex index) {
        boolean same = index.classes().equals(model.checkpoint().model().classes());
        return same ? model.spec() : model.spec().withClasses(index.classes().size());
    }

    private Weights weights(ModelSpec spec) {
        Weights own = model.weights();
        Weights weights = config.model().initialisation().weights(spec, config.seed());
        for (Slice slice : weights.layout().slices()) {
            own.layout()
                    .find(slice.name())
                    .filter(each -> each.shape().equals(slice.shape()))
                    .ifPresent(each -> weights.setSlice(slice.name(), own.slice(slice.name())));
        }
        return weights;
    }

    private List<NetworkReading> variants(
            Viewed old, Set<Ablation.Ingredient> without, List<Finding> findings, PrintStream progress) {
        if (without.isEmpty()) {
            return List.of();
        }
        List<NetworkReading> readings = new ArrayList<>();
        Ablation.variants(fitting(old.index()), without).forEach((name, spec) -> {
            progress.println("  looking at a fresh network, " + name);
            try {
                NetworkReading reading = variant("fresh, " + name, spec, old.batches());
                readings.add(reading);
                findings.addAll(Advice.onFresh(reading, readings.get(0)).stream()
                        .filter(each -> each.verdict() == Finding.Verdict.LOOK)
                        .toList());
            } catch (Failure broken) {
                if (broken.kind() != Failure.Kind.NUMERIC) {
                    throw broken;
                }
                findings.add(new Finding(
                        Finding.Verdict.LOOK,
                        "fresh, " + name + ": not even one step can be computed. " + broken.getMessage()));
            }
        });
        return readings;
    }

    private NetworkReading variant(String name, ModelSpec spec, List<Batch> batches) {
        Weights weights = config.model().initialisation().weights(spec, config.seed());
        try (Session session = open(spec, weights)) {
            Looking looking = looking(session, spec);
            looking.settle(batches.get(0).images());
            return looking.at(name, batches);
        }
    }

    private Session open(ModelSpec spec, Weights weights) {
        SessionOptions options = SessionOptions.plain()
                .with(new Compute(Runtime.getRuntime().availableProcessors(), Precision.FLOAT32))
                .withNormalisation(model.checkpoint().model().normalisation())
                .withLoss(Loss.smoothed((float) config.training().labelSmoothing()));
        return setup.engine().open(spec, weights, options);
    }

    private Looking looking(Session session, ModelSpec spec) {
        return new Looking(
                session,
                spec,
                model.checkpoint().model().normalisation(),
                setup.optimiser(),
                config.optimiser().learningRate());
    }

    private String title() {
        return model.checkpoint().model().architecture() + ", " + lastPart(config.dataset());
    }

    private static String summary(List<NetworkReading> readings) {
        List<String> parts = readings.stream()
                .map(each -> String.format(Locale.ROOT, "%,d images of %s", each.images(), each.name()))
                .toList();
        return "What a network makes of " + String.join(" and of ", parts) + ", layer by layer.";
    }

    private List<ReportData.Fact> facts(Viewed old) {
        ModelFacts facts = model.checkpoint().model();
        return List.of(
                new ReportData.Fact("checkpoint", model.checkpoint().state().directory()),
                new ReportData.Fact(
                        "images",
                        "of the training split, chosen by seed " + config.seed() + ", cut as in evaluation to "
                                + facts.size() + " pixels, normalised as the model was trained"),
                new ReportData.Fact(
                        "batches of gradients", "up to " + BATCH + " images, dropout on, batch norms by batch"),
                new ReportData.Fact(
                        "update",
                        config.optimiser().name().name().toLowerCase(Locale.ROOT) + " at "
                                + config.optimiser().learningRate()
                                + ", after as many steps as batches on weights held still, without decay"),
                new ReportData.Fact(
                        "fresh weights",
                        config.model()
                                        .initialisation()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-') + ", statistics of batch norms from the first batch"),
                new ReportData.Fact(
                        "dataset",
                        old.index().directory() + ", fingerprint " + old.index().fingerprint()));
    }

    private static String nameOf(String uri, String taken) {
        String name = lastPart(uri);
        return name.equals(taken) ? name + " (new)" : name;
    }

    private static String lastPart(String uri) {
        String trimmed = uri.replaceFirst("/+$", "");
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
