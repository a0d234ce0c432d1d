package io.squadron.jobs;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Reads an exported history as any Spark does. */
final class HistoryTables {
    private HistoryTables() {}

    /** A line a row: the last step, and whether the losses of training and validation are there. */
    static List<String> read(String uri) {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            return spark
                    .read()
                    .parquet(uri)
                    .orderBy("end_step")
                    .selectExpr("end_step", "loss is not null", "validation_loss is not null")
                    .collectAsList()
                    .stream()
                    .map(row -> row.getLong(0) + " " + row.getBoolean(1) + " " + row.getBoolean(2))
                    .toList();
        }
    }
}
