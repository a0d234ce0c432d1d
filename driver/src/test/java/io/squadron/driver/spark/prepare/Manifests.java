package io.squadron.driver.spark.prepare;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The manifest of a small dataset, all of it. */
final class Manifests {
    private Manifests() {}

    /** In the order of the dataset's index. */
    static List<Row> rows(SparkSession spark, String directory) {
        return Manifest.table(spark, directory).sort("shard", "offset").collectAsList();
    }
}
