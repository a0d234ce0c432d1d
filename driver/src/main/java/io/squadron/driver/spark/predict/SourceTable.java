package io.squadron.driver.spark.predict;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A source as Spark sees it.
 *
 * @param base directory that relative paths stand below
 */
record SourceTable(Dataset<Row> rows, String base, Kind kind) {
    /** Whether rows have a place of their own. */
    enum Kind {
        /** One row a file, with its path and nothing else. */
        IMAGES,
        /** Whatever columns there are, and behind them {@link #FILE} and {@link #BLOCK}. */
        TABLE
    }

    /** The file that a row of a table lies in, and where in it the part begins that one task reads. */
    static final String FILE = "__squadron_file";

    static final String BLOCK = "__squadron_block";

    private static final Map<String, String> FORMATS = Map.of(
            "parquet", "parquet",
            "orc", "orc",
            "avro", "avro",
            "csv", "csv",
            "tsv", "csv",
            "json", "json",
            "jsonl", "json",
            "ndjson", "json");

    /** Fails with DATA where there is no source. */
    static SourceTable open(SparkSession spark, Storage storage, PredictSettings settings) {
        String source = storage.qualified(settings.source());
        boolean directory = storage.isDirectory(source);
        String format =
                settings.format().equals(PredictSettings.AUTO) ? format(storage, source, directory) : settings.format();
        if (format.equals(PredictSettings.IMAGES)) {
            Dataset<Row> files = spark.read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", true)
                    .load(source)
                    .select("path");
            return new SourceTable(files, source, Kind.IMAGES);
        }
        Dataset<Row> table = spark.read()
                .format(format)
                .option("header", true)
                .option("sep", source.endsWith(".tsv") ? "\t" : ",")
                .load(source)
                .withColumn(FILE, functions.input_file_name())
                .withColumn(BLOCK, functions.expr("input_file_block_start()"));
        return new SourceTable(table, directory ? source : source.substring(0, source.lastIndexOf('/')), Kind.TABLE);
    }

    private static String format(Storage storage, String source, boolean directory) {
        return directory
                ? formatInside(storage, source).orElse(PredictSettings.IMAGES)
                : named(source)
                        .orElseThrow(() -> Failure.data(
                                "Cannot predict from %s: it is a file of an unknown kind (expected a directory, or a table named like "
                                        + "%s). Name what Spark is to read it as with predict.format",
                                source, FORMATS.keySet().stream().sorted().toList()));
    }

    /** What lies at the top decides; a CSV or JSON file beside folders is only a file beside them. */
    private static Optional<String> formatInside(Storage storage, String directory) {
        List<String> folders = storage.directories(directory).stream()
                .filter(SourceTable::isVisible)
                .toList();
        Optional<String> found = storage.list(directory).stream()
                .map(StoredFile::name)
                .filter(SourceTable::isVisible)
                .flatMap(name -> named(name).stream())
                .filter(format -> folders.isEmpty() || !List.of("csv", "json").contains(format))
                .findFirst();
        Optional<String> partition =
                folders.stream().filter(each -> each.contains("=")).findFirst();
        return found.isPresent() || partition.isEmpty()
                ? found
                : formatInside(storage, Storage.child(directory, partition.get()));
    }

    private static Optional<String> named(String name) {
        String last = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return Optional.ofNullable(FORMATS.get(last.substring(last.lastIndexOf('.') + 1)));
    }

    private static boolean isVisible(String name) {
        return !name.startsWith("_") && !name.startsWith(".");
    }
}
