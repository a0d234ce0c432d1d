package io.squadron.driver.spark.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.driver.spark.LocalSpark;
import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import io.squadron.image.Encoder;
import io.squadron.image.Image;
import io.squadron.image.synthetic.Domain;
import io.squadron.image.synthetic.Scenes;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables hold images in several ways: all give the same predictions, and keep their other columns. */
class TablesTest {
    private static final Storage STORAGE = Storage.of(Map.of());
    private static final PortableModel MODEL = Onlooker.model(1);
    private static final Scenes SCENES = new Scenes(5, Domain.SUNNY, 32);
    private static final int ROWS = 5;

    @TempDir
    private Path folder;

    @Test
    void bytes() {
        StructType schema = new StructType()
                .add("image", DataTypes.BinaryType)
                .add("label", DataTypes.IntegerType)
                .add("words", DataTypes.createArrayType(DataTypes.StringType));
        List<Row> table = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            table.add(RowFactory.create(file(i), i, new String[] {"a", "b" + i}));
        }
        table.add(RowFactory.create(null, ROWS, new String[0]));

        List<Row> rows = predicted(schema, table, "");

        assertThat(rows.get(0).schema().fieldNames())
                .as("columns: the image goes, what is called as ours is renamed, what nothing names gets an id")
                .containsExactly(
                        "id", "given_label", "words", "label", "probability", "top", "model", "error", "piece");
        assertThat(rows.stream().map(row -> row.getString(0)).distinct())
                .as("ids")
                .hasSize(ROWS + 1);
        for (Row row : rows) {
            int number = row.<Integer>getAs("given_label");
            if (number == ROWS) {
                assertThat(row.<String>getAs("error")).as("reason").contains("the row has none");
            } else {
                assertLabel(row, number);
                assertThat(row.<String>getList(2)).as("words").containsExactly("a", "b" + number);
            }
        }
    }

    @Test
    void theStructOfPublicHubs() {
        StructType image = new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType);
        List<Row> table = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            table.add(RowFactory.create(RowFactory.create(file(i), i + ".png"), i));
        }

        List<Row> rows =
                predicted(new StructType().add("img", image).add("number", DataTypes.IntegerType), table, "img");

        assertThat(rows.get(0).schema().fieldNames()).as("columns").startsWith("path", "number", "label");
        rows.forEach(row -> assertThat(row.<String>getAs("path")).isEqualTo(row.<Integer>getAs("number") + ".png"));
        rows.forEach(row -> assertLabel(row, row.<Integer>getAs("number")));
    }

    @Test
    void sparksOwnImages() {
        StructType image = new StructType()
                .add("origin", DataTypes.StringType)
                .add("height", DataTypes.IntegerType)
                .add("width", DataTypes.IntegerType)
                .add("nChannels", DataTypes.IntegerType)
                .add("mode", DataTypes.IntegerType)
                .add("data", DataTypes.BinaryType);
        List<Row> table = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            table.add(RowFactory.create(RowFactory.create(i + ".png", 32, 32, 3, 16, blueGreenRed(i)), i));
        }
        table.add(RowFactory.create(RowFactory.create("torn.png", 32, 32, 3, 16, new byte[7]), ROWS));

        List<Row> rows =
                predicted(new StructType().add("image", image).add("number", DataTypes.IntegerType), table, "");

        for (Row row : rows) {
            if (row.<String>getAs("path").equals("torn.png")) {
                assertThat(row.<String>getAs("error")).as("reason").contains("7 bytes for 32 x 32 pixels");
            } else {
                assertLabel(row, row.<Integer>getAs("number"));
            }
        }
    }

    @Test
    void pathsBesideTheTable() {
        List<Row> table = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            STORAGE.publish(folder.resolve("table/pictures/%d.png".formatted(i)).toString(), file(i));
            table.add(RowFactory.create("pictures/%d.png".formatted(i), i));
        }
        table.add(RowFactory.create("pictures/absent.png", ROWS));
        StructType schema = new StructType().add("file", DataTypes.StringType).add("number", DataTypes.IntegerType);

        for (Row row : predicted(schema, table, "")) {
            int number = row.<Integer>getAs("number");
            if (number == ROWS) {
                assertThat(row.<String>getAs("error")).as("reason").contains("absent.png: it does not exist");
            } else {
                assertThat(row.<String>getAs("file")).isEqualTo("pictures/%d.png".formatted(number));
                assertLabel(row, number);
            }
        }
    }

    @Test
    void aTableWithoutImagesIsRefused() {
        StructType schema = new StructType().add("number", DataTypes.IntegerType);
        List<Row> table = List.of(RowFactory.create(1));
        assertThatThrownBy(() -> predicted(schema, table, ""))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("predict.image-column");
        assertThatThrownBy(() -> predicted(schema, table, "number"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'number': it is of type int");
    }

    private static byte[] file(int number) {
        return Encoder.png(SCENES.draw(number % 3, number));
    }

    private static byte[] blueGreenRed(int number) {
        Image image = SCENES.draw(number % 3, number);
        byte[] data = new byte[image.pixels().length];
        for (int i = 0; i < data.length; i++) {
            data[i] = image.pixels()[i / 3 * 3 + 2 - i % 3];
        }
        return data;
    }

    private static void assertLabel(Row row, int number) {
        assertThat(row.<String>getAs("label"))
                .as("label of image %d", number)
                .isEqualTo(MODEL.facts().classes().get(Onlooker.best(MODEL, file(number))));
    }

    private List<Row> predicted(StructType schema, List<Row> table, String column) {
        String source = folder.resolve("table").toString();
        String out = folder.resolve("out").toString();
        STORAGE.delete(out);
        LocalSpark.session()
                .createDataFrame(table, schema)
                .write()
                .mode("append")
                .parquet(source);
        PredictSettings settings = new PredictSettings(source, "parquet", column, out, 2, 1000_000, 64 << 20);
        PredictionCounts counts =
                new PredictJob(LocalSpark.session(), STORAGE, settings, MODEL, "m").run(Onlooker.ENGINE, line -> {});
        assertThat(counts.rows()).as("rows").isEqualTo(table.size());
        return LocalSpark.session().read().parquet(out).collectAsList();
    }
}
