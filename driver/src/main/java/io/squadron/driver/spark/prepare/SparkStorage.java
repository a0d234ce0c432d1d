package io.squadron.driver.spark.prepare;

import io.squadron.storage.Storage;
import org.apache.spark.sql.SparkSession;

/** The storage that a Spark application sees. */
public final class SparkStorage {
    private SparkStorage() {}

    /** Storage with the Hadoop settings of {@code spark}, ready to travel to its executors. */
    public static Storage of(SparkSession spark) {
        return Storage.of(spark.sparkContext().hadoopConfiguration());
    }
}
