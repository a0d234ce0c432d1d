package io.squadron.jobs;

import io.squadron.driver.registry.Registry;
import io.squadron.driver.registry.RegistryTable;
import io.squadron.driver.report.DiagnosisData;
import io.squadron.driver.report.DiagnosisPage;
import io.squadron.driver.report.DiagnosisText;
import io.squadron.driver.schedule.Exponential;
import io.squadron.driver.spark.predict.PredictionCounts;
import io.squadron.evaluation.Tally;
import io.squadron.exchange.Preprocessing;
import io.squadron.failure.Failure;
import io.squadron.image.synthetic.Domain;
import io.squadron.image.synthetic.Scenes;
import io.squadron.jobs.bench.InputBench;
import io.squadron.jobs.bench.StepAnswer;
import io.squadron.jobs.bench.StepBench;
import io.squadron.jobs.bench.StepJson;
import io.squadron.jobs.bench.StepTable;
import io.squadron.jobs.bench.sync.SyncAnswer;
import io.squadron.jobs.bench.sync.SyncBench;
import io.squadron.jobs.bench.sync.SyncJson;
import io.squadron.jobs.bench.sync.SyncTable;
import io.squadron.jobs.compose.ChosenModel;
import io.squadron.jobs.compose.Cluster;
import io.squadron.jobs.compose.Diagnosing;
import io.squadron.jobs.compose.Evaluating;
import io.squadron.jobs.compose.Exporting;
import io.squadron.jobs.compose.HistoryParquet;
import io.squadron.jobs.compose.Importing;
import io.squadron.jobs.compose.Inspection;
import io.squadron.jobs.compose.Predicting;
import io.squadron.jobs.compose.Preparation;
import io.squadron.jobs.compose.Promotions;
import io.squadron.jobs.compose.RateFinding;
import io.squadron.jobs.compose.Reproduction;
import io.squadron.jobs.compose.Retraining;
import io.squadron.jobs.compose.RunDesk;
import io.squadron.jobs.compose.Showcase;
import io.squadron.jobs.compose.Summaries;
import io.squadron.jobs.compose.Training;
import io.squadron.jobs.config.JobConfig;
import io.squadron.jobs.doctor.StorageProbe;
import io.squadron.storage.Storage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The real jobs, put together from the rooms of driver and worker-common. */
final class ComposedJobs implements Jobs {
    private final PrintStream out;
    private final PrintStream progress;

    /** Results go to {@code out}, progress to {@code progress}. */
    ComposedJobs(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    @Override
    public void prepare(Prepare request) {
        try (Cluster cluster = Cluster.start("squadron prepare")) {
            out.println(Summaries.of(
                    Preparation.run(cluster, request.config()), request.config().dataset()));
            warn(Preparation.warnings(cluster, request.config()));
        }
    }

    @Override
    public void train(Train request) {
        try (Cluster cluster =
                Cluster.start("squadron train " + request.config().run())) {
            Training training = new Training(cluster, Preparation.cached(cluster, request.config(), progress));
            warn(training.warnings());
            if (request.extent() == Train.Extent.PLAN_ONLY) {
                out.println(training.plan());
            } else {
                training.start(progress);
            }
        }
    }

    @Override
    public void resume(Resume request) {
        try (Cluster cluster = Cluster.start("squadron train " + request.run())) {
            JobConfig config = Training.resumed(cluster.storage(), request.run(), request.sources());
            Training training = new Training(cluster, Preparation.cached(cluster, config, progress));
            warn(training.warnings());
            if (request.extent() == Train.Extent.PLAN_ONLY) {
                out.println(training.plan());
            } else {
                training.resume(progress);
            }
        }
    }

    private void warn(List<String> warnings) {
        warnings.forEach(each -> progress.println("  warning: " + each));
    }

    @Override
    public void evaluate(Evaluate request) {
        try (Cluster cluster = Cluster.start("squadron evaluate")) {
            Evaluating evaluating = evaluating(cluster, request);
            Tally tally = evaluating.tally();
            String page = evaluating.report(tally, request.out(), List.of());
            out.println(Summaries.of(tally, evaluating.classes()));
            out.println("report: " + page);
        }
    }

    private static Evaluating evaluating(Cluster cluster, Evaluate request) {
        if (request.model() instanceof Evaluate.Model.OfRun of) {
            return Evaluating.ofRun(cluster, of.run(), request.sources());
        }
        return Evaluating.ofCheckpoint(cluster, ((Evaluate.Model.At) request.model()).uri(), request.sources());
    }

    @Override
    public void diagnose(Diagnose request) {
        try (Cluster cluster = Cluster.start("squadron diagnose")) {
            Diagnosing diagnosing = new Diagnosing(cluster, chosen(cluster, request), request.images());
            DiagnosisData data = diagnosing.look(request.against(), request.without(), progress);
            cluster.storage().replace(request.out(), DiagnosisPage.render(data).getBytes(StandardCharsets.UTF_8));
            out.println(DiagnosisText.of(data));
            out.println("diagnosis: " + request.out());
        }
    }

    private static ChosenModel chosen(Cluster cluster, Diagnose request) {
        if (request.model() instanceof Evaluate.Model.OfRun of) {
            return ChosenModel.ofRun(cluster.storage(), of.run(), request.sources());
        }
        String uri = ((Evaluate.Model.At) request.model()).uri();
        return ChosenModel.at(cluster.storage(), uri, request.sources());
    }

    @Override
    public void predict(Predict request) {
        try (Cluster cluster = Cluster.forTables("squadron predict")) {
            Predicting predicting = new Predicting(cluster, request.config());
            PredictionCounts counts = predicting.run(
                    request.model(), request.source(), request.out(), line -> progress.println("  " + line));
            out.printf(
                    Locale.ROOT,
                    "%,d images, %,d of them unreadable (column error)%npredictions: %s%n",
                    counts.rows(),
                    counts.unreadable(),
                    request.out());
        }
    }

    @Override
    public int retrain(Retrain request) {
        String id = Retraining.id(request.config(), Clock.systemUTC());
        try (Cluster cluster = Cluster.start("squadron retrain " + id)) {
            Retraining.Result result = new Retraining(cluster, request.config(), Clock.systemUTC(), progress).run(id);
            out.println(result.message());
            return result.exitCode();
        }
    }

    @Override
    public void rollback(Rollback request) {
        out.println(new Promotions(Storage.of(Map.of()), request.config(), Clock.systemUTC()).rollback(request.to()));
    }

    @Override
    public void registry(ShowRegistry request) {
        Registry registry =
                Registry.at(Storage.of(Map.of()), request.config().retrain().registry());
        if (request.shown() == ShowRegistry.Part.PROMOTED) {
            out.println(registry.promoted());
        } else {
            out.print(RegistryTable.of(registry));
        }
    }

    @Override
    public void inspect(Inspect request) {
        out.println(new Inspection(Storage.of(Map.of())).of(request.uri()));
    }

    @Override
    public void importWeights(Import request) {
        out.print(new Importing(Storage.of(Map.of())).run(request.from(), request.out(), request.intake(), preset -> {
            Import.Images images = request.images();
            return new Preprocessing(
                    images.resize().orElse(preset.resize()),
                    images.size().orElse(preset.size()),
                    images.interpolation().orElse(preset.interpolation()),
                    images.normalisation().orElse(preset.normalisation()),
                    preset.source());
        }));
    }

    @Override
    public void export(Exporting.Request request) {
        out.println(new Exporting(Storage.of(Map.of())).run(request));
    }

    @Override
    public void preview(Preview request) {
        List<JobConfig> apart =
                request.shown() == Preview.Shown.ALL ? Showcase.configurations() : List.of(request.config());
        io.squadron.jobs.compose.Preview preview =
                new io.squadron.jobs.compose.Preview(request.config(), request.from(), request.images());
        preview.write(request.out(), apart);
        out.println("preview: " + request.out());
    }

    @Override
    public void synthesize(Synthesize request) {
        Scenes scenes = new Scenes(request.config().seed(), domain(request.domain()), request.size());
        int test = Math.max(1, request.imagesPerClass() / 5);
        new io.squadron.image.synthetic.Synthesize(scenes, request.imagesPerClass(), test)
                .write(Storage.of(Map.of()), request.out());
        out.printf(
                "%d images for training and %d for test of each of %s in %s%n",
                request.imagesPerClass(), test, Scenes.classes(), request.out());
    }

    @Override
    public void quickstart(Quickstart request) {
        Path home = Path.of(System.getenv().getOrDefault("SQUADRON_HOME", ""));
        new io.squadron.jobs.compose.Quickstart(home, request.out(), request.sources()).run(out, progress);
    }

    @Override
    public void findRate(FindRate request) {
        Exponential rates = new Exponential(request.from(), request.to(), request.steps());
        try (Cluster cluster = Cluster.start("squadron lr-find")) {
            out.println(new RateFinding(cluster, request.config(), rates).run(request.out(), event -> {}));
        }
    }

    @Override
    public void sweep(SweepSettings request) {
        if (request.extent() == Train.Extent.PLAN_ONLY) {
            out.print(request.sweep().plan());
            return;
        }
        try (Cluster cluster = Cluster.start("squadron sweep")) {
            out.println(request.sweep().run(cluster, progress));
        }
    }

    @Override
    public void reproduce(Reproduce request) {
        try (Cluster cluster = Cluster.start("squadron reproduce")) {
            out.println(new Reproduction(cluster, request.run(), request.out(), request.sources()).run(progress));
        }
    }

    @Override
    public void runs(Runs request) {
        RunDesk desk = new RunDesk(Storage.of(Map.of()), InstantSource.system());
        if (request instanceof Runs.Listing listing) {
            out.print(desk.list(listing.directory()));
        } else if (request instanceof Runs.Showing showing) {
            out.print(desk.show(showing.run()));
        } else if (request instanceof Runs.Comparing comparing) {
            out.print(desk.compare(comparing.runs(), comparing.out()));
        } else if (request instanceof Runs.Stopping stopping) {
            out.println(desk.stop(stopping.run()));
        } else if (request instanceof Runs.Exporting exporting) {
            export(desk, exporting);
        }
    }

    private void export(RunDesk desk, Runs.Exporting request) {
        if (request.format() == Runs.Format.CSV) {
            desk.exportCsv(request.run(), request.out());
        } else {
            try (Cluster cluster = Cluster.start("squadron runs export")) {
                HistoryParquet.write(cluster, request.run(), request.out());
            }
        }
        out.println("history: " + request.out());
    }

    @Override
    public void benchStep(BenchStep request) {
        StepAnswer answer = new StepBench(request.question(), request.memory(), progress::println).run();
        out.print(StepTable.of(answer));
        request.json().ifPresent(file -> StepJson.write(answer, file));
        answer.requireSomething();
    }

    @Override
    public void benchSync(BenchSync request) {
        Path home = Path.of(Optional.ofNullable(System.getenv("SQUADRON_HOME")).orElse("."));
        SyncBench bench = new SyncBench(request.question(), home, progress::println);
        try (ScratchFolder work = ScratchFolder.create("squadron-bench")) {
            SyncAnswer answer = bench.run(Storage.of(Map.of()), work.path());
            out.print(SyncTable.of(answer));
            request.json().ifPresent(file -> SyncJson.write(answer, file));
        }
    }

    @Override
    public void benchInput(BenchInput request) {
        InputBench bench = new InputBench(request.question(), progress::println);
        out.print(bench.run());
        request.json().ifPresent(bench::write);
    }

    private static Domain domain(String name) {
        return Arrays.stream(Domain.values())
                .filter(domain -> domain.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        "Cannot draw domain '%s' (expected one of %s)",
                        name,
                        Arrays.stream(Domain.values())
                                .map(domain -> domain.name().toLowerCase(Locale.ROOT))
                                .toList()));
    }

    @Override
    public StorageProbe storageProbe() {
        return new HadoopProbe(Storage.of(Map.of()));
    }

    /** Doctor's verbs on any Hadoop file system. */
    private record HadoopProbe(Storage storage) implements StorageProbe {
        @Override
        public void write(String uri, byte[] content) {
            storage.publish(uri, content);
        }

        @Override
        public void rename(String from, String to) {
            storage.rename(from, to);
        }

        @Override
        public byte[] read(String uri) {
            return storage.read(uri);
        }

        @Override
        public void delete(String uri) {
            storage.delete(uri);
        }
    }
}
