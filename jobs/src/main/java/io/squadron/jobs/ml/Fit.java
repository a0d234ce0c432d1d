package io.squadron.jobs.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.driver.checkpoint.ModelSource;
import io.squadron.driver.spark.predict.ImageColumn;
import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import io.squadron.jobs.compose.Cluster;
import io.squadron.jobs.compose.Preparation;
import io.squadron.jobs.compose.Training;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import io.squadron.storage.Storage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** One fit: the table becomes a source, the source a dataset, the dataset a run, and the run a model. */
record Fit(Dataset<Row> table, Asked asked) {
    /**
     * What the estimator was told.
     *
     * @param runs URI below which runs lie, or empty
     * @param keys of the configuration
     */
    record Asked(String image, String label, String runs, Map<String, String> keys) {}

    PortableModel run() {
        try (Cluster cluster = Cluster.of(table.sparkSession())) {
            boolean kept = !asked.runs().isEmpty();
            String home = kept ? asked.runs() : System.getProperty("java.io.tmpdir");
            String run = Storage.child(home, "fit-" + UUID.randomUUID());
            try {
                return trained(cluster, run);
            } finally {
                cluster.storage().delete(kept ? Storage.child(run, "source") : run);
            }
        }
    }

    private PortableModel trained(Cluster cluster, String run) {
        String source = Storage.child(run, "source");
        JobConfig config = config(run, source, write(source));
        Preparation.run(cluster, config);
        new Training(cluster, config)
                .start(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        return new ModelSource(cluster.storage()).load(run);
    }

    /** Writes the table as prepare reads it; returns the format. */
    private String write(String source) {
        ImageColumn column = ImageColumn.of(table.schema(), asked.image(), "");
        Dataset<Row> samples = table.select(
                functions.col(asked.image()).as("image"),
                label().cast(DataTypes.StringType).as("label"));
        if (column.kind() == ImageColumn.Kind.PATHS) {
            samples.write().option("header", true).csv(source);
            return "csv";
        }
        samples.write().parquet(source);
        return "parquet";
    }

    private org.apache.spark.sql.Column label() {
        boolean number = labelField().dataType() instanceof NumericType;
        return number ? functions.col(asked.label()).cast(DataTypes.IntegerType) : functions.col(asked.label());
    }

    private StructField labelField() {
        if (!List.of(table.schema().fieldNames()).contains(asked.label())) {
            throw Failure.usage(
                    "Cannot fit on a table with columns %s (expected one called '%s'). Name it with labelCol",
                    List.of(table.schema().fieldNames()), asked.label());
        }
        return table.schema().apply(asked.label());
    }

    private JobConfig config(String run, String source, String format) {
        List<ConfigSource> sources = new ArrayList<>();
        asked.keys().forEach((key, value) -> sources.add(new ConfigSource.Setting(key, value, key + "=" + value)));
        sources.add(setting("run", run));
        sources.add(setting("dataset", Storage.child(run, "dataset")));
        sources.add(setting("prepare.source", source));
        sources.add(setting("prepare.format", format));
        sources.add(setting("prepare.image-column", "image"));
        sources.add(setting("prepare.label-column", "label"));
        sources.add(setting("prepare.classes", json(classes())));
        return JobConfig.load(sources);
    }

    private static ConfigSource setting(String key, String value) {
        return new ConfigSource.Setting(key, value, "ImageClassifier");
    }

    /** Names in the order of their numbers: a fold of a table may lack a class. Empty for labels that are names. */
    private List<String> classes() {
        StructField field = labelField();
        if (!(field.dataType() instanceof NumericType)) {
            return List.of();
        }
        if (Attribute.fromStructField(field) instanceof NominalAttribute nominal
                && nominal.values().isDefined()) {
            return Arrays.asList(nominal.values().get());
        }
        Number last = table.agg(functions.max(label())).first().getAs(0);
        if (last == null) {
            throw Failure.data("Cannot fit on an empty table (expected images of two classes or more)");
        }
        return IntStream.rangeClosed(0, last.intValue())
                .mapToObj(String::valueOf)
                .toList();
    }

    private static String json(List<String> texts) {
        try {
            return new ObjectMapper().writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + texts, e);
        }
    }
}
