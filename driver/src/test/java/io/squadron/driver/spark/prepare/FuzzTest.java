package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetFiles;
import io.squadron.dataset.DatasetIndex;
import io.squadron.driver.source.Listing;
import io.squadron.driver.source.Sighting;
import io.squadron.driver.source.SourceOptions;
import io.squadron.driver.source.SourceScan;
import io.squadron.driver.source.SourceUnit;
import io.squadron.driver.source.UnitReader;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.failure.Failure;
import io.squadron.random.RandomStream;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged tars, tables and manifests end in a Failure or are read all the same: nothing else, and never for long. */
class FuzzTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();
    private final Storage storage = Storage.of(Map.of());

    @Test
    void tars() {
        byte[] image = new byte[700];
        Tar tar = new Tar();
        for (String name : List.of("a/0001", "a/" + "long".repeat(40), "ärger/0002", "b/0003")) {
            tar.add(name + ".png", image).add(name + ".json", "{\"label\":3,\"split\":\"test\"}".getBytes(UTF_8));
        }
        survives("fuzz.tar", tar.bytes(), 400);
    }

    @Test
    void tablesAsText() {
        survives("fuzz.csv", "path,label,split\na.png,\"x, \"\"y\"\"\",train\n\"b\nc.png\",z,\n".getBytes(UTF_8), 400);
        survives(
                "fuzz.jsonl",
                "{\"path\":\"a.png\",\"label\":\"x y\"}\n{\"path\":\"b\",\"label\":2}\n".getBytes(UTF_8),
                400);
    }

    @Test
    void tablesOfParquet() {
        StructType schema = new StructType().add("image", DataTypes.BinaryType).add("label", DataTypes.StringType);
        List<org.apache.spark.sql.Row> rows = List.of(
                RowFactory.create(new byte[300], "a"),
                RowFactory.create(new byte[20], "b"),
                RowFactory.create(null, "c"));
        spark.createDataFrame(rows, schema).coalesce(1).write().parquet(at("table"));
        StoredFile file = storage.list(at("table")).stream()
                .filter(each -> each.name().endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        survives("fuzz.parquet", storage.read(file.uri()), 150);
    }

    @Test
    void descriptionsAndManifestsOfADataset() {
        ImageFolders.write(storage, at("images"), 5, "a", "b");
        String out = at("dataset");
        DatasetDescription right = Prepare.run(spark, PrepareSettings.of(at("images"), out));
        String description = Storage.child(out, DatasetFiles.DESCRIPTION);
        byte[] text = storage.read(description);
        RandomStream random = RandomStream.of(1, "fuzz");
        int[] read = new int[1];
        for (int round = 0; round < 200; round++) {
            write(description, mutated(text, random));
            within("dataset.json", round, () -> {
                DatasetFiles.read(storage, out);
                read[0]++;
            });
        }
        assertThat(read[0]).as("descriptions that could be read").isBetween(1, 199);
        storage.replace(description, text);
        StoredFile manifest = storage.list(Storage.child(out, DatasetFiles.MANIFEST)).stream()
                .filter(each -> each.name().endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        byte[] rows = storage.read(manifest.uri());
        for (int round = 0; round < 5; round++) {
            write(Storage.child(Storage.child(out, DatasetFiles.MANIFEST), manifest.name()), mutated(rows, random));
            within("manifest", round, () -> {
                DatasetIndex index = DatasetIndexes.load(spark, out);
                assertThat(index.fingerprint()).as("what was loaded").isEqualTo(right.fingerprint());
            });
        }
    }

    private void survives(String name, byte[] good, int rounds) {
        RandomStream random = RandomStream.of(1, "fuzz", name.hashCode());
        int[] seen = new int[1];
        storage.replace(at(name), good);
        within(name, -1, () -> seen[0] += look(name));
        assertThat(seen[0]).as("images and rejects in the good %s", name).isPositive();
        for (int round = 0; round < rounds; round++) {
            write(at(name), mutated(good, random));
            within(name, round, () -> look(name));
        }
    }

    /** How many images or rejects there are. */
    private int look(String name) {
        int[] count = new int[1];
        Listing listing = new SourceScan(storage, at(name), SourceOptions.standard()).list();
        for (SourceUnit unit : listing.units()) {
            UnitReader.of(unit.format(), storage, SourceOptions.standard()).read(unit, new UnitReader.Sink() {
                @Override
                public void image(Sighting sighting) {
                    count[0]++;
                }

                @Override
                public void damaged(String path, String reason) {
                    count[0]++;
                }
            });
        }
        return count[0];
    }

    private static void within(String what, int round, Runnable work) {
        Assertions.assertTimeout(
                PATIENCE,
                () -> {
                    try {
                        work.run();
                    } catch (Failure e) {
                        assertThat(e).as("failure").hasMessageMatching("(?s)Cannot .*");
                    } catch (RuntimeException | Error e) {
                        throw new AssertionError("round " + round + " of " + what, e);
                    }
                },
                () -> "round " + round + " of " + what);
    }

    /** Some bytes changed, or some cut off the end, or some taken out of the middle, or some repeated. */
    private static byte[] mutated(byte[] good, RandomStream random) {
        byte[] bytes = good.clone();
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, at);
            case 1 -> System.arraycopy(good, 0, bytes, at, Math.min(length, bytes.length - at));
            case 2 -> Arrays.fill(bytes, at, at + length, (byte) random.nextInt(256));
            default -> {
                for (int i = 0; i <= random.nextInt(8); i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return bytes;
    }

    /** Without the care of a storage: it waits for the disk. */
    private static void write(String file, byte[] bytes) {
        try {
            Files.write(Path.of(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
