package io.squadron.driver.spark.prepare;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Goes through the survey's files on the executors, each row with its place in the plan, and makes rows of a table of it. */
final class PartRows implements FlatMapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final StructType PART =
            new StructType().add("key", StringType).add("first", IntegerType);

    private final Work work;
    private final Broadcast<long[]> plan;
    private final Maker maker;

    /** Makes a row of the table of what was found about an image. */
    interface Maker extends Serializable {
        Row row(String key, SurveyRow found, PackingPlan plan, int number);

        /** Whether an image stands in the table; asked before its row is made. */
        boolean wants(PackingPlan plan, int number);
    }

    private PartRows(Work work, Broadcast<long[]> plan, Maker maker) {
        this.work = work;
        this.plan = plan;
        this.maker = maker;
    }

    /** The table, which is read when it is asked for. */
    static Dataset<Row> table(
            SparkSession spark, Survey survey, Broadcast<long[]> plan, Maker maker, StructType schema) {
        List<Row> parts = new ArrayList<>();
        for (int i = 0; i < survey.keys().size(); i++) {
            parts.add(RowFactory.create(survey.keys().get(i), survey.first(i)));
        }
        int tasks = Math.max(1, Math.min(parts.size(), 4 * spark.sparkContext().defaultParallelism()));
        return spark.createDataFrame(parts, PART)
                .repartition(tasks)
                .flatMap(new PartRows(survey.work(), plan, maker), Encoders.row(schema));
    }

    @Override
    public Iterator<Row> call(Row part) {
        PackingPlan rows = new PackingPlan(plan.value());
        SurveyPart.Rows found = new SurveyPart.Rows(work.storage(), work.part(part.getString(0)));
        return new Iterator<>() {
            private int number = part.getInt(1) - 1;
            private boolean more = true;
            private SurveyRow next = advance();

            private SurveyRow advance() {
                while (found.hasNext()) {
                    SurveyRow row = found.next();
                    number++;
                    if (maker.wants(rows, number)) {
                        return row;
                    }
                }
                more = false;
                return SurveyRow.damaged("", "the end");
            }

            @Override
            public boolean hasNext() {
                return more;
            }

            @Override
            public Row next() {
                Row made = maker.row(part.getString(0), next, rows, number);
                next = advance();
                return made;
            }
        };
    }
}
