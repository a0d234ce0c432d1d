package io.squadron.driver.spark.predict;

import io.squadron.driver.spark.prepare.SparkFailures;
import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Predictions of a whole source as Parquet: one file for each piece of the source, in a folder that bears the piece's key and
 * appears whole, when its task commits. A job that was stopped goes on with the pieces that are missing; {@code _SUCCESS} comes last.
 */
public final class PredictJob {
    private static final String SUCCESS = "_SUCCESS";
    private static final String HASH = "model-hash";
    private static final String SOURCE_KEY = "source-key";
    private static final String FOLDER = TableAnswer.PIECE + "=";
    /** Several for each slot, so that none waits long for the last one. */
    private static final int PIECES_PER_SLOT = 4;
    /** What a small file counts at least: opening it takes as long as reading so much. */
    private static final long OPENING_BYTES = 64L << 10;

    private final SparkSession spark;
    private final Storage storage;
    private final PredictSettings settings;
    private final PortableModel model;
    private final String name;

    /**
     * @param name of the model, as people know it
     */
    public PredictJob(SparkSession spark, Storage storage, PredictSettings settings, PortableModel model, String name) {
        this.spark = spark.newSession();
        this.storage = storage;
        this.settings = settings;
        this.model = model;
        this.name = name;
    }

    /**
     * Predicts what is not predicted yet. Fails with STATE where the directory holds something else, or the source has
     * changed since the job was first started.
     *
     * @param engine name of the engine, never {@code auto}
     * @param progress hears what is done, in a line or two
     */
    public PredictionCounts run(String engine, Consumer<String> progress) {
        PredictManifest wanted = wanted();
        PredictManifest manifest = cutAs(wanted);
        SourceTable source = SourceTable.open(spark, storage, settings);
        Pieces pieces = Pieces.of(source.rows(), settings.source());
        Optional<PredictionCounts> before = begin(manifest.with(SOURCE_KEY, pieces.fingerprint()));
        if (before.isPresent()) {
            progress.accept("finished before: nothing is left to do in " + settings.out());
            return before.get();
        }
        Set<String> finished = finished();
        String version = "%s@%s".formatted(name, manifest.job().get(HASH).substring(0, 12));
        progress.accept(
                finished.isEmpty()
                        ? "%d pieces, model %s".formatted(pieces.keys().size(), version)
                        : "going on: %d of %d pieces are there, model %s"
                                .formatted(finished.size(), pieces.keys().size(), version));
        TableAnswer answer = answer(source, pieces, version);
        try (Predictor predictor = new Predictor(spark, storage, model, engine, settings.maxPixels())) {
            write(predictor.of(source.rows(), answer.image(), answer, pieces.among(finished)));
        }
        return finish(answer);
    }

    private TableAnswer answer(SourceTable source, Pieces pieces, String version) {
        StructType columns = source.rows().schema();
        List<String> classes = model.facts().classes();
        return new TableAnswer(
                columns,
                ImageColumn.of(columns, settings.imageColumn(), source.base()),
                new TableAnswer.Labels(classes, Math.min(settings.top(), classes.size())),
                version,
                pieces.keys(),
                source.kind());
    }

    /** What this job is, the pieces of its source aside. */
    private PredictManifest wanted() {
        TreeMap<String, String> job = new TreeMap<>();
        job.put("source", settings.source());
        job.put("read-as", settings.format());
        job.put("image-column", settings.imageColumn());
        job.put("top", String.valueOf(settings.top()));
        job.put("model", name);
        job.put(HASH, model.hash());
        int slots = spark.sparkContext().defaultParallelism();
        return new PredictManifest(job, settings.pieceBytes(), PIECES_PER_SLOT * slots);
    }

    /** {@code wanted}, with pieces cut as at the first start, whatever this cluster has; and that is how Spark cuts from now on. */
    private PredictManifest cutAs(PredictManifest wanted) {
        PredictManifest manifest = PredictManifest.exists(storage, settings.out())
                ? PredictManifest.read(storage, settings.out()).cutting(wanted)
                : wanted;
        spark.conf().set("spark.sql.files.maxPartitionBytes", manifest.pieceBytes());
        spark.conf().set("spark.sql.files.minPartitionNum", manifest.pieces());
        spark.conf().set("spark.sql.files.openCostInBytes", OPENING_BYTES);
        return manifest;
    }

    /** Makes the directory this job's; what came of it, if it was finished before. */
    private Optional<PredictionCounts> begin(PredictManifest manifest) {
        if (PredictManifest.exists(storage, settings.out())) {
            PredictManifest.read(storage, settings.out()).require(manifest, settings.out());
            boolean finished = storage.exists(Storage.child(settings.out(), SUCCESS));
            return finished ? Optional.of(PredictManifest.counts(storage, settings.out())) : Optional.empty();
        }
        if (storage.exists(settings.out()) && !isEmpty()) {
            throw Failure.state(
                    "Cannot predict into %s: something else lies there (expected nothing, or predictions that were begun). "
                            + "Choose another directory",
                    settings.out());
        }
        storage.makeDirectories(settings.out());
        manifest.write(storage, settings.out());
        return Optional.empty();
    }

    private boolean isEmpty() {
        return storage.list(settings.out()).isEmpty()
                && storage.directories(settings.out()).isEmpty();
    }

    private Set<String> finished() {
        Set<String> finished = new HashSet<>();
        for (String folder : storage.directories(settings.out())) {
            if (folder.startsWith(FOLDER)) {
                finished.add(folder.substring(FOLDER.length()));
            }
        }
        return finished;
    }

    /** Each task's file appears when the task commits, not when the job does: that is what version 2 of the committer means. */
    private void write(Dataset<Row> predictions) {
        SparkFailures.clear("predict from " + settings.source(), () -> {
            predictions
                    .write()
                    .partitionBy(TableAnswer.PIECE)
                    .mode(SaveMode.Append)
                    .option("mapreduce.fileoutputcommitter.algorithm.version", "2")
                    .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                    .parquet(settings.out());
            return true;
        });
    }

    private PredictionCounts finish(TableAnswer answer) {
        finished().forEach(this::keepOne);
        Row row = spark.read()
                .schema(answer.schema())
                .parquet(settings.out())
                .agg(functions.count(functions.lit(1)), functions.count(TableAnswer.ERROR))
                .first();
        PredictionCounts counts = new PredictionCounts(row.getLong(0), row.getLong(1));
        PredictManifest.read(storage, settings.out()).finish(storage, settings.out(), counts);
        storage.replace(Storage.child(settings.out(), SUCCESS), new byte[0]);
        return counts;
    }

    /** A task that a killed driver left behind may have written its piece once more: both files say the same. */
    private void keepOne(String piece) {
        List<StoredFile> files = storage.list(Storage.child(settings.out(), FOLDER + piece)).stream()
                .filter(each -> each.name().endsWith(".parquet"))
                .toList();
        files.stream().skip(1).forEach(each -> storage.delete(each.uri()));
    }
}
