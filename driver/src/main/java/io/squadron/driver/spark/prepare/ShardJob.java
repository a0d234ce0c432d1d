package io.squadron.driver.spark.prepare;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.squadron.dataset.DatasetDescription.Shard;
import io.squadron.storage.Storage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second pass over the images, on the executors: writes the shards, each by one task. */
final class ShardJob implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ShardJob.class);
    private static final StructType WRITTEN =
            new StructType().add("shard", IntegerType).add("length", LongType).add("sha256", StringType);

    private final Work work;
    private final ArrayList<String> names;
    private final ArrayList<String> plans;

    private ShardJob(Work work, Placement placement) {
        this.work = work;
        this.names = new ArrayList<>(placement.shardNames());
        this.plans = new ArrayList<>(placement.plans());
    }

    /** Writes the shards that are not there yet; returns all, by number. */
    static List<Shard> run(SparkSession spark, Survey survey, Placement placement, Broadcast<long[]> plan) {
        Work work = survey.work();
        Map<Integer, Shard> shards = new TreeMap<>(new WrittenShards(work).find(placement));
        int all = placement.shardNames().size();
        LOG.info("writing {} of {} shards", all - shards.size(), all);
        if (shards.size() < all) {
            boolean[] done = new boolean[all];
            shards.keySet().forEach(each -> done[each] = true);
            PartRows.table(spark, survey, plan, new PackedRow(done), PackedRow.SCHEMA)
                    .repartition(all - shards.size(), functions.col("shard"))
                    .sortWithinPartitions("shard", "offset")
                    .mapPartitions(new ShardJob(work, placement), Encoders.row(WRITTEN))
                    .collectAsList()
                    .forEach(row -> shards.put(
                            row.getInt(0),
                            new Shard(placement.shardNames().get(row.getInt(0)), row.getLong(1), row.getString(2))));
        }
        return List.copyOf(shards.values());
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        List<Row> written = new ArrayList<>();
        PeekedRows samples = new PeekedRows(rows);
        try (StoredBytes bytes = new StoredBytes(work.storage())) {
            while (samples.hasNext()) {
                int shard = samples.shard();
                ShardContent content = new ShardContent(work, bytes, samples);
                // Replaced, not published: a task that is tried again finds what its first try left.
                work.storage().replace(Storage.child(work.out(), names.get(shard)), content);
                new WrittenShards(work).record(names.get(shard), plans.get(shard), content.length(), content.sha256());
                written.add(RowFactory.create(shard, content.length(), content.sha256()));
            }
        }
        return written.iterator();
    }
}
