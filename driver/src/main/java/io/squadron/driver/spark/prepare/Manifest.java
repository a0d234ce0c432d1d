package io.squadron.driver.spark.prepare;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.Split;
import io.squadron.storage.Storage;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Locale;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
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
            .add("source", StringType)
            .add("content", LongType);
    private static final int ROWS_PER_FILE = 1_000_000;

    private Manifest() {}

    /**
     * Writes the rows of the base, if there is one, and behind them those of {@code plan}.
     *
     * @param samples in all
     */
    static void write(SparkSession spark, Survey survey, Broadcast<long[]> plan, BaseVersion base, long samples) {
        int baseShards = base.index().shardNames().size();
        Dataset<Row> rows = PartRows.table(spark, survey, plan, new ManifestRow(baseShards), SCHEMA);
        if (!base.isNone()) {
            rows = table(spark, base.index().directory()).unionByName(rows);
        }
        rows.coalesce((int) (1 + samples / ROWS_PER_FILE))
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(Storage.child(survey.work().out(), DatasetFiles.MANIFEST));
    }

    /** id, label, split, shard, offset and length of every sample, in any order; a split that is none as -1. */
    static List<LongBuffer> places(SparkSession spark, String directory) {
        Column split = functions.lit(-1);
        for (Split each : Split.values()) {
            split = functions
                    .when(functions.col("split").equalTo(name(each)), (int) each.code())
                    .otherwise(split);
        }
        return LongRows.collect(
                table(spark, directory),
                functions.col("id"),
                functions.col("label"),
                split,
                functions.col("shard"),
                functions.col("offset"),
                functions.col("length"));
    }

    /** The hash of what each sample shows, of a manifest that has it. */
    static List<LongBuffer> contents(SparkSession spark, String directory) {
        return LongRows.collect(table(spark, directory), functions.col("content"));
    }

    /** Where the samples of those ids came from. */
    static List<String> sources(SparkSession spark, String directory, List<Long> ids) {
        return table(spark, directory)
                .where(functions.col("id").isInCollection(ids))
                .select("source")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static String name(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }

    /** All of it; columns that an older Squadron did not write are null. */
    static Dataset<Row> table(SparkSession spark, String directory) {
        return spark.read().schema(SCHEMA).parquet(Storage.child(directory, DatasetFiles.MANIFEST));
    }

    /**
     * A sample as a row.
     *
     * @param firstShard number of the first shard that is not the base's
     */
    private record ManifestRow(int firstShard) implements PartRows.Maker {
        @Override
        public boolean wants(PackingPlan plan, int number) {
            return plan.shard(number) >= 0;
        }

        @Override
        public Row row(String key, SurveyRow found, PackingPlan plan, int number) {
            return RowFactory.create(
                    plan.id(number),
                    plan.label(number),
                    name(Split.of(plan.split(number))),
                    firstShard + plan.shard(number),
                    plan.offset(number),
                    found.file().length(),
                    found.sums().width(),
                    found.sums().height(),
                    found.path(),
                    found.hash());
        }
    }
}
