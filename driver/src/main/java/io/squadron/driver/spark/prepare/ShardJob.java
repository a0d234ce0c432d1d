package io.squadron.driver.spark.prepare;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.squadron.dataset.DatasetDescription.Shard;
import io.squadron.storage.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The second pass over the images, on the executors: writes the shards, each by one task. */
final class ShardJob implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final StructType ASKED = new StructType()
            .add("shard", IntegerType)
            .add("name", StringType)
            .add("uris", createArrayType(StringType))
            .add("extensions", createArrayType(StringType))
            .add("entries", createArrayType(IntegerType))
            .add("labels", createArrayType(IntegerType))
            .add("ids", createArrayType(LongType))
            .add("hashes", createArrayType(LongType))
            .add("offsets", createArrayType(LongType));
    private static final StructType WRITTEN = new StructType()
            .add("shard", IntegerType)
            .add("name", StringType)
            .add("length", LongType)
            .add("sha256", StringType);

    private final Storage storage;
    private final String directory;

    private ShardJob(Storage storage, String directory) {
        this.storage = storage;
        this.directory = directory;
    }

    /** By shard number. */
    static List<Shard> run(SparkSession spark, Storage storage, String directory, Placement placement) {
        List<List<Placed>> shards = new ArrayList<>();
        placement.shardNames().forEach(each -> shards.add(new ArrayList<>()));
        placement.samples().forEach(each -> shards.get(each.shard()).add(each));
        List<Row> asked = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
            asked.add(asked(i, placement.shardNames().get(i), shards.get(i)));
        }
        return spark
                .createDataFrame(asked, ASKED)
                .map(new ShardJob(storage, directory), Encoders.row(WRITTEN))
                .collectAsList()
                .stream()
                .sorted(Comparator.comparingInt((Row row) -> row.getInt(0)))
                .map(row -> new Shard(row.getString(1), row.getLong(2), row.getString(3)))
                .toList();
    }

    private static Row asked(int shard, String name, List<Placed> samples) {
        return RowFactory.create(
                shard,
                name,
                samples.stream().map(each -> each.candidate().uri()).toArray(String[]::new),
                samples.stream().map(each -> each.candidate().extension()).toArray(String[]::new),
                samples.stream().mapToInt(each -> each.candidate().entry()).toArray(),
                samples.stream().mapToInt(each -> each.candidate().label()).toArray(),
                samples.stream().mapToLong(Placed::id).toArray(),
                samples.stream().mapToLong(each -> each.surveyed().hash()).toArray(),
                samples.stream().mapToLong(Placed::offset).toArray());
    }

    @Override
    public Row call(Row asked) {
        ShardContent content = new ShardContent(new Content.Reader(storage), asked);
        // Replaced, not published: a task that is tried again finds what its first try left.
        storage.replace(Storage.child(directory, asked.getString(1)), content);
        return RowFactory.create(asked.getInt(0), asked.getString(1), content.length(), content.sha256());
    }
}
