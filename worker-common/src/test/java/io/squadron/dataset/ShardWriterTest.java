package io.squadron.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.storage.Storage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardWriterTest {
    @TempDir
    Path folder;

    @Test
    void tarListsAnImageAndItsLabelForEachSample() throws Exception {
        Path shard = folder.resolve("x.tar");
        try (OutputStream out = Files.newOutputStream(shard);
                ShardWriter writer = new ShardWriter(out)) {
            writer.add(0xABCL, "png", new byte[700], 2);
            writer.add(-1L, "jpg", new byte[0], 10);
        }
        assertThat(run("tar", "tf", shard.toString()))
                .as("tar tf")
                .isEqualTo("0000000000000abc.png\n0000000000000abc.cls\nffffffffffffffff.jpg\nffffffffffffffff.cls\n");
        assertThat(run("tar", "xOf", shard.toString(), "ffffffffffffffff.cls"))
                .as("the label")
                .isEqualTo("10");
    }

    @Test
    void offsetsAndFootprintsAreWhatTheyPromise() throws Exception {
        Path shard = folder.resolve("x.tar");
        byte[][] images = {"one".getBytes(UTF_8), new byte[512], new byte[513], "four".getBytes(UTF_8)};
        long[] offsets = new long[images.length];
        long planned = 0;
        try (OutputStream out = Files.newOutputStream(shard);
                ShardWriter writer = new ShardWriter(out)) {
            for (int i = 0; i < images.length; i++) {
                offsets[i] = writer.add(i, "png", images[i], i);
                assertThat(offsets[i]).as("offset of %d", i).isEqualTo(planned + ShardWriter.imageOffset());
                planned += ShardWriter.footprint(images[i].length, i);
            }
        }
        Storage storage = Storage.of(Map.of());
        for (int i = 0; i < images.length; i++) {
            assertThat(storage.readRange(shard.toString(), offsets[i], images[i].length))
                    .as("image %d", i)
                    .isEqualTo(images[i]);
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("exit code; output: %s", output).isZero();
        return output;
    }
}
