package io.squadron.driver.spark.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.driver.spark.LocalSpark;
import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import io.squadron.image.Encoder;
import io.squadron.image.synthetic.Domain;
import io.squadron.image.synthetic.Scenes;
import io.squadron.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of images, whole and in pieces: nothing is lost, nothing is done twice. */
class PredictJobTest {
    private static final Storage STORAGE = Storage.of(Map.of());
    private static final PortableModel MODEL = Onlooker.model(1);
    /** A small file counts 64 KiB at least: two images a piece. */
    private static final long SMALL_PIECES = 160 << 10;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void draw() throws IOException {
        Scenes scenes = new Scenes(5, Domain.SUNNY, 40);
        for (int i = 0; i < 12; i++) {
            Path file = shared.resolve("images/class" + i % 2 + "/%02d.png".formatted(i));
            Files.createDirectories(file.getParent());
            Files.write(file, Encoder.png(scenes.draw(i % 3, i)));
        }
        Files.writeString(shared.resolve("images/class0/torn.png"), "no image at all", UTF_8);
    }

    @Test
    void everyImageOfADirectoryHasItsRow() {
        PredictionCounts counts = run(MODEL, images());

        assertThat(counts).as("counts").isEqualTo(new PredictionCounts(13, 1));
        Map<String, Row> rows = rows();
        assertThat(rows).as("rows by file").hasSize(13);
        Row torn = rows.get("torn.png");
        assertThat(torn.<String>getAs("error")).as("reason").contains("begins with bytes 6e 6f");
        assertThat(torn.<String>getAs("label"))
                .as("label of what cannot be read")
                .isNull();
        rows.remove("torn.png");
        rows.forEach((name, row) -> assertSeen(row));
    }

    private static void assertSeen(Row row) {
        String path = row.getAs("path");
        List<Row> top = row.getList(row.fieldIndex("top"));
        List<Double> probabilities = top.stream().map(each -> each.getDouble(1)).toList();
        assertThat(row.<String>getAs("label"))
                .as("label of %s", path)
                .isEqualTo(MODEL.facts().classes().get(Onlooker.best(MODEL, STORAGE.read(path))))
                .isEqualTo(top.get(0).getString(0));
        assertThat(row.<Double>getAs("probability")).as("probability").isEqualTo(probabilities.get(0));
        assertThat(probabilities).as("likeliest first").hasSize(2).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(probabilities.stream().mapToDouble(each -> each).sum())
                .as("two of three classes")
                .isBetween(2 / 3.0, 1.0);
        assertThat(row.<String>getAs("model")).as("model").startsWith("birds@").hasSize("birds@".length() + 12);
        assertThat(row.<String>getAs("error")).as("error").isNull();
    }

    @Test
    void aSecondStartOfAFinishedJobSaysSo() {
        PredictionCounts first = run(MODEL, images());
        Map<String, Long> files = written();
        said.clear();

        assertThat(run(MODEL, images())).as("counts").isEqualTo(first);
        assertThat(said).as("said").singleElement().asString().contains("finished before");
        assertThat(written()).as("files and their times").isEqualTo(files);
    }

    @Test
    void whatAKilledJobLackedIsDoneAndNothingElse() throws IOException {
        run(MODEL, images());
        Map<String, Row> whole = rows();
        Map<String, Long> files = written();
        List<String> pieces = STORAGE.directories(out());
        STORAGE.delete(out() + "/_SUCCESS");
        pieces.subList(0, 3).forEach(each -> STORAGE.delete(out() + "/" + each));
        Files.createDirectories(folder.resolve("out/_temporary/0/_temporary/attempt"));
        said.clear();

        assertThat(run(MODEL, images()).rows()).as("rows").isEqualTo(13);

        assertThat(said).as("said").anyMatch(line -> line.contains("going on: %d of".formatted(pieces.size() - 3)));
        Map<String, Long> after = written();
        assertThat(after).as("files").hasSameSizeAs(files);
        files.keySet().removeIf(name -> pieces.subList(0, 3).stream().anyMatch(name::startsWith));
        assertThat(after).as("files and times of what was there").containsAllEntriesOf(files);
        assertThat(rows()).as("rows").isEqualTo(whole);
        assertThat(folder.resolve("out/_SUCCESS")).exists();
    }

    @Test
    void aJobThatFailedGoesOnWhenItsSourceIsMended() throws IOException {
        Path image = shared.resolve("images/class0/00.png");
        Path tables = Files.createDirectories(folder.resolve("tables"));
        for (int i = 0; i < 4; i++) {
            Files.write(tables.resolve(i + ".csv.gz"), zipped("path,size\n%s,%d\n".formatted(image, i)));
        }
        Path last = tables.resolve("3.csv.gz");
        byte[] whole = Files.readAllBytes(last);
        FileTime time = Files.getLastModifiedTime(last);
        Files.write(last, new byte[whole.length]);
        Files.setLastModifiedTime(last, time);
        PredictSettings settings = new PredictSettings(tables.toString(), "auto", "", out(), 2, 1000_000, 64 << 10);

        assertThatThrownBy(() -> run(MODEL, settings))
                .as("what stops it")
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Cannot predict from " + tables);
        assertThat(folder.resolve("out/_SUCCESS")).doesNotExist();
        Files.write(last, whole);
        Files.setLastModifiedTime(last, time);

        assertThat(run(MODEL, settings)).as("counts").isEqualTo(new PredictionCounts(4, 0));
        assertThat(LocalSpark.session().read().parquet(out()).select("size").collectAsList().stream()
                        .map(row -> row.getString(0)))
                .as("the column that was kept")
                .containsExactlyInAnyOrder("0", "1", "2", "3");
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void anotherModelOrAnotherSourceIsAnotherJob() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images/a"));
        Files.copy(shared.resolve("images/class0/00.png"), images.resolve("0.png"));
        PredictSettings settings =
                new PredictSettings(folder.resolve("images").toString(), "auto", "", out(), 2, 1000_000, SMALL_PIECES);
        run(MODEL, settings);

        assertThatThrownBy(() -> run(Onlooker.model(2), settings))
                .as("another model")
                .isInstanceOf(Failure.class)
                .hasMessageContaining("predictions of another job (model-hash was");
        STORAGE.delete(out() + "/_SUCCESS");
        Files.copy(shared.resolve("images/class1/01.png"), images.resolve("1.png"));
        assertThatThrownBy(() -> run(MODEL, settings))
                .as("another source")
                .isInstanceOf(Failure.class)
                .hasMessageContaining("source-key was");
    }

    @Test
    void aDirectoryOfSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("out")).resolve("thesis.txt"), "all", UTF_8);
        assertThatThrownBy(() -> run(MODEL, images()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("something else lies there");
    }

    @Test
    void probabilitiesAreSoftmaxOfTheLogits() {
        run(MODEL, new PredictSettings(images().source(), "images", "", out(), 9, 1000_000, SMALL_PIECES));
        for (Row row : rows().values()) {
            if (row.isNullAt(row.fieldIndex("error"))) {
                List<Row> top = row.getList(row.fieldIndex("top"));
                assertThat(top.stream().mapToDouble(each -> each.getDouble(1)).sum())
                        .as("all classes together")
                        .isCloseTo(1, within(1e-12));
            }
        }
    }

    private PredictSettings images() {
        return new PredictSettings(shared.resolve("images").toString(), "auto", "", out(), 2, 1000_000, SMALL_PIECES);
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private PredictionCounts run(PortableModel model, PredictSettings settings) {
        return new PredictJob(LocalSpark.session(), STORAGE, settings, model, "birds").run(Onlooker.ENGINE, said::add);
    }

    private Map<String, Row> rows() {
        Dataset<Row> table = LocalSpark.session().read().parquet(out());
        return table.collectAsList().stream()
                .collect(Collectors.toMap(
                        row -> row.<String>getAs("path").replaceFirst(".*/", ""),
                        row -> row,
                        (one, other) -> {
                            throw new AssertionError("twice: " + one);
                        },
                        TreeMap::new));
    }

    /** When each file of a piece was written. */
    private Map<String, Long> written() {
        try (Stream<Path> files = Files.walk(Path.of(out()))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .collect(Collectors.toMap(
                            file -> Path.of(out()).relativize(file).toString(),
                            file -> file.toFile().lastModified(),
                            Long::sum,
                            TreeMap::new));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
