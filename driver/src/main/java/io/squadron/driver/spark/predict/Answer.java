package io.squadron.driver.spark.predict;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What is made of a row and the verdict about its image. Travels to executors. */
public interface Answer extends Serializable {
    /** The columns of what {@link #row} gives. */
    StructType schema();

    /**
     * The row of the result, if there is to be one.
     *
     * @param number of the row within its partition, from 0
     */
    Optional<Row> row(Row input, long number, Verdict verdict);
}
