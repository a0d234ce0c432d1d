package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Split;
import io.squadron.driver.source.SourceFormat;
import io.squadron.driver.source.SourceOptions;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.driver.spark.prepare.PrepareSettings.Choices;
import io.squadron.driver.spark.prepare.PrepareSettings.HeldOut;
import io.squadron.failure.Failure;
import io.squadron.image.Decoder;
import io.squadron.image.Encoder;
import io.squadron.image.Image;
import io.squadron.image.Pictures;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One and the same set of pictures, as each format has it, becomes one and the same dataset. */
class SourcesTest {
    private static final int COUNT = 12;

    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();
    private final Storage storage = Storage.of(Map.of());
    private String expected;

    @BeforeEach
    void classFolders() {
        ImageFolders.write(storage, at("folders"), COUNT, "black cat", "hund älv");
        expected = prepare("folders", SourceOptions.standard()).fingerprint();
    }

    @Test
    void aCsvOfPathsAndLabels() {
        StringBuilder text = new StringBuilder("\uFEFFid;label;path\r\n");
        each((path, label) ->
                text.append("7;\"").append(label).append("\";").append(path).append("\r\n"));
        write("folders/list.csv", text);
        assertThat(prepare("folders/list.csv", SourceOptions.standard()).fingerprint())
                .as("fingerprint")
                .isEqualTo(expected);
    }

    @Test
    void jsonLinesOfPathsAndLabels() {
        StringBuilder text = new StringBuilder();
        each((path, label) ->
                text.append("{\"class\":\"%s\",\"file_name\":\"../folders/%s\"}\n\n".formatted(label, path)));
        write("lists/all.jsonl", text);
        assertThat(prepare("lists", SourceOptions.standard()).fingerprint())
                .as("fingerprint")
                .isEqualTo(expected);
    }

    @Test
    void webDatasetTarsWhichArePackedByTheirPlaceInTheTar() {
        Tar tar = new Tar();
        each((path, label) -> tar.add(path, image(path)).add(path.replace(".png", ".cls"), label.getBytes(UTF_8)));
        tar.add("__readme__.txt", new byte[3]);
        tar.write(storage, at("tars/one.tar"));
        assertThat(prepare("tars", SourceOptions.standard()).fingerprint())
                .as("fingerprint")
                .isEqualTo(expected);
    }

    @Test
    void ourOwnShardsAreWebDatasetsOfTheSameImages() {
        DatasetDescription own = prepare("folders", SourceOptions.standard(), "again");
        DatasetDescription read = prepare(
                "again/shards",
                SourceOptions.of(SourceFormat.WEBDATASET).withClasses(List.of("black cat", "hund älv")),
                "read");
        assertThat(read.fingerprint()).as("fingerprint").isEqualTo(own.fingerprint());
        assertThat(own.fingerprint()).as("fingerprint").isEqualTo(expected);
    }

    @Test
    void parquetOfAPublicHubWithBytesPathAndLabel() {
        StructType image = new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType);
        StructType schema = new StructType().add("image", image).add("label", DataTypes.LongType);
        List<Row> rows = rows((path, label) ->
                RowFactory.create(RowFactory.create(image(path), path), label.equals("black cat") ? 0L : 1L));
        spark.createDataFrame(rows, schema).repartition(2).write().parquet(at("hub/data"));
        assertThat(prepare("hub", SourceOptions.standard().withClasses(List.of("black cat", "hund älv")))
                        .fingerprint())
                .as("fingerprint")
                .isEqualTo(expected);
    }

    @Test
    void sparksBinaryFilesWithTheClassInThePath() {
        spark.read().format("binaryFile").load(at("folders/*/*.png")).write().parquet(at("binary"));
        assertThat(prepare("binary", SourceOptions.standard()).fingerprint())
                .as("fingerprint")
                .isEqualTo(expected);
    }

    @Test
    void sparksImageSchemaWithPixels() {
        StructType image = new StructType()
                .add("origin", DataTypes.StringType)
                .add("height", DataTypes.IntegerType)
                .add("width", DataTypes.IntegerType)
                .add("nChannels", DataTypes.IntegerType)
                .add("mode", DataTypes.IntegerType)
                .add("data", DataTypes.BinaryType);
        List<Row> rows = rows((path, label) -> {
            Image picture = Decoder.standard().decode(image(path));
            byte[] bgr = picture.pixels().clone();
            for (int i = 0; i < bgr.length; i += 3) {
                bgr[i] = picture.pixels()[i + 2];
                bgr[i + 2] = picture.pixels()[i];
            }
            return RowFactory.create(RowFactory.create("file:/" + path, picture.height(), picture.width(), 3, 16, bgr));
        });
        spark.createDataFrame(rows, new StructType().add("image", image))
                .coalesce(1)
                .write()
                .parquet(at("pixels"));
        DatasetDescription description = prepare("pixels", SourceOptions.standard());
        assertThat(description.classes()).as("classes").containsExactly("black cat", "hund älv");
        DatasetIndex index = DatasetIndexes.load(spark, at("dataset-pixels"));
        Row first = Manifests.rows(spark, at("dataset-pixels")).get(0);
        int number = Integer.parseInt(first.getString(8).replaceAll(".*#", ""));
        String shard = Storage.child(at("dataset-pixels"), index.shardNames().get(0));
        assertThat(index.size()).as("samples").isEqualTo(2 * COUNT);
        String path = "%s/%04d.png".formatted(index.classes().get(first.getInt(1)), number % COUNT);
        assertThat(Decoder.standard()
                        .decode(storage.readRange(shard, first.getLong(4), first.getInt(5)))
                        .pixels())
                .as("pixels of %s", path)
                .isEqualTo(Decoder.standard().decode(image(path)).pixels());
    }

    @Test
    void splitsThatATableStatesAreObeyed() {
        StringBuilder text = new StringBuilder("path,label,split\n");
        int[] count = {0};
        each((path, label) -> text.append("%s,%s,%s\n".formatted(path, label, count[0]++ % 3 == 0 ? "val" : "train")));
        write("folders/list.csv", text);
        DatasetDescription description = prepare("folders/list.csv", SourceOptions.standard());
        assertThat(description.counts().get(Split.VALIDATION)).as("validation").isEqualTo(8);
        assertThat(description.provenance().splitRule()).as("rule").contains("validation: given");
    }

    @Test
    void aSplitInTheNameOfATarIsObeyed() {
        Tar train = new Tar();
        Tar test = new Tar();
        int[] count = {0};
        each((path, label) -> (count[0]++ % 2 == 0 ? train : test)
                .add(path, image(path))
                .add(
                        path.replace(".png", ".json"),
                        "{\"label\":\"%s\"}".formatted(label).getBytes(UTF_8)));
        train.write(storage, at("tars/birds-train-0.tar"));
        test.write(storage, at("tars/birds-test-0.tar"));
        assertThat(prepare("tars", SourceOptions.standard()).counts().get(Split.TEST))
                .as("test samples")
                .isEqualTo(COUNT);
    }

    @Test
    void largeImagesAreShrunkAndTheOthersLeftAlone() {
        for (String name : List.of("a", "b")) {
            for (int i = 0; i < 3; i++) {
                storage.publish(
                        at("sizes/%s/large%d.png".formatted(name, i)),
                        Encoder.png(Pictures.noise(40, 80, name.hashCode() + i)));
            }
        }
        byte[] small = Encoder.png(Pictures.noise(16, 20, 9));
        storage.publish(at("sizes/a/small.png"), small);
        PrepareSettings settings = settings("sizes", "shrunk")
                .withHeldOut(new HeldOut(0, 0))
                .withChoices(Choices.standard().withShrink(16));
        DatasetDescription description = Prepare.run(spark, settings);
        assertThat(description.provenance().shrink()).as("recorded").isEqualTo(16);
        Map<String, List<Integer>> sizes = new TreeMap<>();
        DatasetIndex index = DatasetIndexes.load(spark, at("shrunk"));
        for (Row row : Manifests.rows(spark, at("shrunk"))) {
            sizes.put(row.getString(8), List.of(row.getInt(7), row.getInt(6)));
            if (row.getString(8).endsWith("small.png")) {
                String shard = Storage.child(at("shrunk"), index.shardNames().get(row.getInt(3)));
                assertThat(storage.readRange(shard, row.getLong(4), row.getInt(5)))
                        .as("the small one")
                        .isEqualTo(small);
            }
        }
        assertThat(sizes).as("height and width").containsEntry("a/large0.png", List.of(16, 32));
        assertThat(sizes).as("height and width").containsEntry("a/small.png", List.of(16, 20));
    }

    @Test
    void aLabelThatIsNoClassIsNamed() {
        StringBuilder text = new StringBuilder("path,label\n");
        each((path, label) -> text.append(path).append(',').append(label).append('\n'));
        write("folders/list.csv", text);
        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> prepare("folders/list.csv", SourceOptions.standard().withClasses(List.of("black cat", "dog"))));
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(failure)
                .as("failure")
                .hasMessageContaining("hund älv/0000.png")
                .hasMessageContaining("expected one of [black cat, dog]");
    }

    private interface Entry<T> {
        T of(String path, String label);
    }

    private interface Action {
        void on(String path, String label);
    }

    private static void each(Action action) {
        rows((path, label) -> {
            action.on(path, label);
            return path;
        });
    }

    private static <T> List<T> rows(Entry<T> entry) {
        List<T> all = new java.util.ArrayList<>();
        for (String label : List.of("black cat", "hund älv")) {
            for (int i = 0; i < COUNT; i++) {
                all.add(entry.of("%s/%04d.png".formatted(label, i), label));
            }
        }
        return all;
    }

    private byte[] image(String path) {
        return storage.read(at("folders/" + path));
    }

    private void write(String name, CharSequence text) {
        storage.replace(at(name), text.toString().getBytes(UTF_8));
    }

    private PrepareSettings settings(String source, String out) {
        return PrepareSettings.of(at(source), at(out)).withLimits(new PrepareLimits(0, 1_000_000, 20_000));
    }

    private DatasetDescription prepare(String source, SourceOptions options) {
        return prepare(source, options, "dataset-" + source.replaceAll("\\W", "-"));
    }

    private DatasetDescription prepare(String source, SourceOptions options, String out) {
        return Prepare.run(
                spark, settings(source, out).withChoices(Choices.standard().reading(options)));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
