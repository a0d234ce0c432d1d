package io.squadron.driver.spark.prepare;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.squadron.dataset.Split;
import io.squadron.driver.source.Listing;
import io.squadron.driver.source.SourceFormat;
import io.squadron.driver.source.SourceUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first pass over the images, on the executors: every unit that has not been looked through yet. */
final class SurveyJob implements MapPartitionsFunction<Row, Integer> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SurveyJob.class);
    /** Tasks for each that runs at a time: large ones at the end are not waited for long. */
    private static final int TASKS_PER_SLOT = 8;

    private static final StructType UNIT = new StructType()
            .add("key", StringType)
            .add("format", StringType)
            .add("uri", StringType)
            .add("path", StringType)
            .add("first", LongType)
            .add("end", LongType)
            .add("label", StringType)
            .add("split", IntegerType)
            .add("names", StringType);

    private final Surveyor surveyor;

    private SurveyJob(Surveyor surveyor) {
        this.surveyor = surveyor;
    }

    static void run(SparkSession spark, Surveyor surveyor, Listing listing) {
        Set<String> done = surveyor.work().surveyed();
        List<Row> pending = new ArrayList<>();
        for (SourceUnit unit : listing.units()) {
            String key = surveyor.key(unit);
            if (!done.contains(key)) {
                pending.add(row(unit, key));
            }
        }
        int all = listing.units().size();
        LOG.info("looking through {} of {} parts of the source", pending.size(), all);
        if (!pending.isEmpty()) {
            int tasks = Math.min(
                    pending.size(), TASKS_PER_SLOT * spark.sparkContext().defaultParallelism());
            spark.createDataFrame(pending, UNIT)
                    .repartition(tasks)
                    .mapPartitions(new SurveyJob(surveyor), Encoders.INT())
                    .collectAsList();
        }
    }

    @Override
    public Iterator<Integer> call(Iterator<Row> units) {
        int count = 0;
        while (units.hasNext()) {
            Row row = units.next();
            surveyor.survey(unit(row), row.getString(0));
            count++;
        }
        return List.of(count).iterator();
    }

    private static Row row(SourceUnit unit, String key) {
        return RowFactory.create(
                key,
                unit.format().name(),
                unit.uri(),
                unit.path(),
                unit.range().first(),
                unit.range().end(),
                unit.label(),
                unit.split().map(split -> (int) split.code()).orElse((int) SampleColumns.NO_SPLIT),
                // No file name holds a slash.
                String.join("/", unit.names()));
    }

    private static SourceUnit unit(Row row) {
        int split = row.getInt(7);
        String names = row.getString(8);
        return new SourceUnit(
                SourceFormat.valueOf(row.getString(1)),
                row.getString(2),
                row.getString(3),
                new SourceUnit.Range(row.getLong(4), row.getLong(5)),
                row.getString(6),
                split == SampleColumns.NO_SPLIT ? Optional.empty() : Optional.of(Split.of((byte) split)),
                names.isEmpty() ? List.of() : List.of(names.split("/")),
                "");
    }
}
