package io.squadron.driver.spark.prepare;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.storage.Storage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** manifest.parquet: one row per sample, for Spark and for people with SQL. */
final class Manifest {
    private static final StructType SCHEMA = new StructType()
            .add("id", LongType)
            .add("label", IntegerType)
            .add("split", StringType)
            .add("shard", IntegerType)
            .add("offset", LongType)
            .add("length", IntegerType)
            .add("width", IntegerType)
            .add("height", IntegerType)
            .add("source", StringType);

    private Manifest() {}

    static void write(SparkSession spark, String directory, List<Placed> samples) {
        List<Row> rows = samples.stream().map(Manifest::row).toList();
        spark.createDataFrame(rows, SCHEMA)
                .coalesce(1)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(Storage.child(directory, DatasetFiles.MANIFEST));
    }

    /** In the order of shard, then offset: the order in which they were placed. */
    static List<Row> read(SparkSession spark, String directory) {
        // Sorted here, not by Spark: a global sort samples, shuffles and sorts again what must fit here anyway.
        return spark
                .read()
                .schema(SCHEMA)
                .parquet(Storage.child(directory, DatasetFiles.MANIFEST))
                .collectAsList()
                .stream()
                .sorted(Comparator.comparingInt((Row row) -> row.getInt(3))
                        .thenComparingLong((Row row) -> row.getLong(4)))
                .toList();
    }

    /** The index that reading this manifest back will give. */
    static DatasetIndex index(String directory, DatasetDescription description, List<Placed> samples) {
        return DatasetIndexes.index(
                directory, description, samples.stream().map(Manifest::row).toList());
    }

    private static Row row(Placed sample) {
        return RowFactory.create(
                sample.id(),
                sample.candidate().label(),
                sample.split().name().toLowerCase(Locale.ROOT),
                sample.shard(),
                sample.offset(),
                sample.surveyed().length(),
                sample.surveyed().width(),
                sample.surveyed().height(),
                sample.candidate().path());
    }
}
