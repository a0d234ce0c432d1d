package io.squadron.jobs.compose;

import io.squadron.driver.report.RoundTable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A run's history as Parquet, the table of {@link RoundTable}: what is absent is null. */
public final class HistoryParquet {
    private static final Map<Class<?>, DataType> TYPES = Map.of(
            String.class, DataTypes.StringType, Long.class, DataTypes.LongType, Double.class, DataTypes.DoubleType);

    private HistoryParquet() {}

    /** Writes the history of {@code run} as the directory {@code out}, in the place of what is there. */
    public static void write(Cluster cluster, String run, String out) {
        RunDirectory directory = new RunDirectory(cluster.storage(), run);
        directory.keptConfiguration();
        StructType schema = new StructType();
        for (RoundTable.Column column : RoundTable.columns()) {
            schema = schema.add(column.name(), TYPES.get(column.type()), true);
        }
        List<Row> rows = RoundTable.rows(run, directory.history()).stream()
                .map(cells -> RowFactory.create(
                        cells.stream().map(HistoryParquet::finite).toArray()))
                .toList();
        cluster.session()
                .createDataFrame(rows, schema)
                .coalesce(1)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(out);
    }

    private static Object finite(Object cell) {
        return cell instanceof Double number && !Double.isFinite(number) ? null : cell;
    }
}
