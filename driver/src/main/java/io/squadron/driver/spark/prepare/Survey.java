package io.squadron.driver.spark.prepare;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.squadron.failure.Failure;
import io.squadron.image.Decoder;
import io.squadron.image.Image;
import io.squadron.storage.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The first pass over the images, on the executors: decodes each wholly, hashes and measures it. */
final class Survey implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final StructType ASKED =
            new StructType().add("number", IntegerType).add("uri", StringType).add("entry", IntegerType);
    private static final StructType FOUND = new StructType()
            .add("number", IntegerType)
            .add("hash", LongType)
            .add("length", IntegerType)
            .add("height", IntegerType)
            .add("width", IntegerType)
            .add("sums", DataTypes.createArrayType(LongType, false))
            .add("reason", StringType);

    private final Storage storage;
    private final long maxPixels;

    private Survey(Storage storage, long maxPixels) {
        this.storage = storage;
        this.maxPixels = maxPixels;
    }

    /** In the order of the candidates. */
    static List<Surveyed> run(SparkSession spark, Storage storage, List<Candidate> candidates, long maxPixels) {
        List<Row> asked = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            asked.add(RowFactory.create(
                    i, candidates.get(i).uri(), candidates.get(i).entry()));
        }
        Survey survey = new Survey(storage, maxPixels);
        List<Row> found = spark.createDataFrame(asked, ASKED)
                .mapPartitions(survey, Encoders.row(FOUND))
                .collectAsList();
        return found.stream()
                .map(Survey::surveyed)
                .sorted(Comparator.comparingInt(Surveyed::number))
                .toList();
    }

    @Override
    public Iterator<Row> call(Iterator<Row> asked) {
        Content.Reader reader = new Content.Reader(storage);
        Decoder decoder = new Decoder(maxPixels);
        Iterable<Row> rows = () -> asked;
        Stream<Row> found = StreamSupport.stream(rows.spliterator(), false).map(row -> look(reader, decoder, row));
        return found.iterator();
    }

    private static Row look(Content.Reader reader, Decoder decoder, Row asked) {
        int number = asked.getInt(0);
        Content content = reader.read(asked.getString(1), asked.getInt(2));
        try {
            Image image = decoder.decode(content.file());
            long[] sums = PixelSums.of(image).values();
            int length = content.file().length;
            return RowFactory.create(number, content.hash(), length, image.height(), image.width(), sums, "");
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.DATA) {
                throw e;
            }
            return RowFactory.create(number, content.hash(), content.file().length, 0, 0, new long[0], e.getMessage());
        }
    }

    private static Surveyed surveyed(Row row) {
        List<Long> sums = row.getList(5);
        PixelSums pixels =
                new PixelSums(sums.stream().mapToLong(Long::longValue).toArray());
        return new Surveyed(
                row.getInt(0), row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4), pixels, row.getString(6));
    }
}
