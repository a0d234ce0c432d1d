package io.squadron.driver.spark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Split;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.failure.Failure;
import io.squadron.image.Decoder;
import io.squadron.image.Image;
import io.squadron.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();
    private final Storage storage = Storage.of(Map.of());

    @Test
    void theMnistFamilyBecomesADatasetOfGreyPngs() throws IOException {
        write("train-images-idx3-ubyte.gz", images(60), "train-labels-idx1-ubyte.gz", labels(60));
        write("t10k-images-idx3-ubyte", images(10), "t10k-labels-idx1-ubyte", labels(10));
        String out = folder.resolve("dataset").toString();
        DatasetDescription description = Prepare.run(spark, PrepareSettings.of(folder.toString(), out));
        DatasetIndex index = DatasetIndexes.load(spark, out);
        assertThat(index.classes()).as("classes").containsExactly("0", "1", "2");
        assertThat(description.counts().get(Split.TEST)).as("test samples").isEqualTo(10);
        assertThat(index.size()).as("samples").isEqualTo(70);
        for (Row row : Manifests.rows(spark, out)) {
            int entry = Integer.parseInt(row.getString(8).split("#")[1]);
            assertThat(row.getInt(1)).as("label of %s", row.getString(8)).isEqualTo(entry % 3);
            String shard = Storage.child(out, index.shardNames().get(row.getInt(3)));
            Image image = Decoder.standard().decode(storage.readRange(shard, row.getLong(4), row.getInt(5)));
            assertThat(image.at(1, 2, 0)).as("a pixel of %s", row.getString(8)).isEqualTo(value(entry, 1 * 4 + 2));
        }
    }

    @Test
    void aShortFileOrMissingLabelsAreNamed() throws IOException {
        storage.publish(folder.resolve("train-images-idx3-ubyte").toString(), images(5));
        String out = folder.resolve("dataset").toString();
        PrepareSettings settings = PrepareSettings.of(folder.toString(), out);
        assertThat(catchThrowableOfType(Failure.class, () -> Prepare.run(spark, settings)))
                .as("failure")
                .hasMessageContaining("train-labels-idx1-ubyte")
                .hasMessageContaining("does not exist");
        byte[] labels = labels(5);
        storage.publish(
                folder.resolve("train-labels-idx1-ubyte").toString(),
                java.util.Arrays.copyOf(labels, labels.length - 1));
        assertThat(catchThrowableOfType(Failure.class, () -> Prepare.run(spark, settings)))
                .as("failure")
                .hasMessageContaining("expected 13 for 5 entries");
    }

    private void write(String imagesName, byte[] images, String labelsName, byte[] labels) throws IOException {
        storage.publish(folder.resolve(imagesName).toString(), packed(imagesName, images));
        storage.publish(folder.resolve(labelsName).toString(), packed(labelsName, labels));
    }

    private static byte[] packed(String name, byte[] content) throws IOException {
        if (!name.endsWith(".gz")) {
            return content;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static int value(int entry, int pixel) {
        return (entry * 31 + pixel * 7) % 256;
    }

    private static byte[] images(int count) {
        ByteBuffer file = ByteBuffer.allocate(16 + count * 12);
        file.putInt(0x803).putInt(count).putInt(3).putInt(4);
        for (int i = 0; i < count * 12; i++) {
            file.put((byte) value(i / 12, i % 12));
        }
        return file.array();
    }

    private static byte[] labels(int count) {
        ByteBuffer file = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            file.put((byte) (i % 3));
        }
        return file.array();
    }
}
