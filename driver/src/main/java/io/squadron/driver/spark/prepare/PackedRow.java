package io.squadron.driver.spark.prepare;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.squadron.driver.source.Sighting;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * An image on its way into a shard, as a row of a table.
 *
 * @param done by shard: whether it is there already
 */
record PackedRow(boolean[] done) implements PartRows.Maker {
    static final StructType SCHEMA = new StructType()
            .add("shard", IntegerType)
            .add("offset", LongType)
            .add("id", LongType)
            .add("label", IntegerType)
            .add("key", StringType)
            .add("uri", StringType)
            .add("place", LongType)
            .add("length", IntegerType)
            .add("extension", StringType)
            .add("check", LongType);

    @Override
    public boolean wants(PackingPlan plan, int number) {
        int shard = plan.shard(number);
        return shard >= 0 && !done[shard];
    }

    @Override
    public Row row(String key, SurveyRow found, PackingPlan plan, int number) {
        SurveyRow.StoredImage file = found.file();
        return RowFactory.create(
                plan.shard(number),
                plan.offset(number),
                plan.id(number),
                plan.label(number),
                key,
                file.place().uri(),
                file.place().offset(),
                file.length(),
                file.extension(),
                file.check());
    }

    /** A row of {@link #SCHEMA} as one of ours. */
    record Sample(int shard, long offset, long id, int label, String key, SurveyRow.StoredImage file) {
        static Sample of(Row row) {
            SurveyRow.StoredImage file = new SurveyRow.StoredImage(
                    new Sighting.Place(row.getString(5), row.getLong(6)),
                    row.getInt(7),
                    row.getString(8),
                    row.getLong(9));
            return new Sample(row.getInt(0), row.getLong(1), row.getLong(2), row.getInt(3), row.getString(4), file);
        }
    }
}
