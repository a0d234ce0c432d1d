package io.squadron.driver.spark.predict;

import io.squadron.exchange.PortableModel;
import io.squadron.image.Decoder;
import io.squadron.storage.Storage;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;

/**
 * A model that looks at tables of images. The tables that it gives are as lazy as those it is given, keep their partitions and
 * the order of their rows, and may be used as long as the predictor is not closed.
 */
public final class Predictor implements AutoCloseable {
    private final SparkSession spark;
    private final Storage storage;
    private final Shipment shipment;
    private final long maxPixels;

    /**
     * Ships {@code model} to the executors of {@code spark}.
     *
     * @param engine name of the engine, never {@code auto}
     * @param maxPixels images with more are unreadable
     */
    public Predictor(SparkSession spark, Storage storage, PortableModel model, String engine, long maxPixels) {
        this.spark = spark;
        this.storage = storage;
        this.shipment = Shipment.of(JavaSparkContext.fromSparkContext(spark.sparkContext()), model, engine);
        this.maxPixels = maxPixels;
    }

    /** What {@code answer} says of each row of {@code table}. */
    public Dataset<Row> of(Dataset<Row> table, ImageColumn column, Answer answer) {
        return of(table, column, answer, new BitSet());
    }

    /** The same without the partitions {@code done}, which are not even read. */
    Dataset<Row> of(Dataset<Row> table, ImageColumn column, Answer answer, BitSet done) {
        Shipment sent = shipment;
        Storage files = storage;
        long pixels = maxPixels;
        JavaRDD<Row> rows = table.javaRDD()
                .mapPartitionsWithIndex(
                        (partition, input) -> done.get(partition)
                                ? Collections.emptyIterator()
                                : predicted(
                                        input,
                                        sent,
                                        new PredictedRows.Reading(column, new Decoder(pixels), files),
                                        answer),
                        true);
        return spark.createDataFrame(rows, answer.schema());
    }

    private static Iterator<Row> predicted(
            Iterator<Row> input, Shipment shipment, PredictedRows.Reading reading, Answer answer) {
        OpenModel model = OpenModels.shared().take(shipment);
        TaskCompletionListener givesBack = task -> OpenModels.shared().release(shipment);
        TaskContext.get().addTaskCompletionListener(givesBack);
        return new PredictedRows(input, model, reading, answer);
    }

    /** Frees the weights on the executors. Tables that were given can no longer be computed. */
    @Override
    public void close() {
        shipment.discard();
    }
}
