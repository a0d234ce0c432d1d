package io.squadron.jobs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.image.Encoder;
import io.squadron.image.Image;
import io.squadron.storage.Checksum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process of preparation is killed without warning, twice, and started again: it goes on, and ends with the same bytes. */
@Tag("soak")
class KilledPrepareIT {
    private static final Path HOME = Path.of(System.getProperty("squadron.home"));
    private static final long PATIENCE_SECONDS = 120;
    /** Draws the moments of the blows; the seed of a failed run is in its messages. */
    private static final long SEED = Long.getLong("squadron.blows", 1);

    /** Of one class each. */
    private static final int PARTS = 8;
    /** Parts of some tenths of a second, one after the other: blows fall between them. */
    private static final int PER_CLASS = 10;

    private static final int PIXELS = 400;

    private final Random random = new Random(SEED);

    @TempDir
    private Path scratch;

    @Test
    void aPreparationThatIsKilledAndStartedAgainEndsWithTheSameBytes() throws Exception {
        drawImages();
        finish("quiet");

        kill("killed", "survey");
        kill("killed", "written");
        int[] surveyed = counts("looking through (\\d+) of (\\d+) parts");
        assertThat(surveyed[0])
                .as("parts to look through after the first blow, seed %d", SEED)
                .isLessThan(PARTS);
        assertThat(surveyed[1]).as("parts").isEqualTo(PARTS);

        finish("killed");
        assertThat(counts("looking through (\\d+) of (\\d+) parts")[0])
                .as("parts left after the second")
                .isZero();
        int[] written = counts("writing (\\d+) of (\\d+) shards");
        assertThat(written[0])
                .as("shards left of %d, seed %d", written[1], SEED)
                .isBetween(1, written[1] - 1);
        assertThat(bytes("killed"))
                .as("checksums of all files but the manifest")
                .isEqualTo(bytes("quiet"));
    }

    /** Ends the process a random moment after the first file appears in that part of {@code _prepare}. */
    private void kill(String out, String part) throws Exception {
        Process process = start(out);
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (isEmpty(scratch.resolve(out).resolve("_prepare").resolve(part))) {
                assertThat(process.waitFor(2, TimeUnit.MILLISECONDS))
                        .as("ended before it was killed; it printed %s", printed())
                        .isFalse();
                assertThat(System.nanoTime()).as("time until %s", part).isLessThan(deadline);
            }
            assertThat(process.waitFor(random.nextInt(100), TimeUnit.MILLISECONDS))
                    .as("ended before it was killed, seed %d; it printed %s", SEED, printed())
                    .isFalse();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("exit code of a killed process").isEqualTo(128 + 9);
        assertThat(scratch.resolve(out).resolve("dataset.json"))
                .as("dataset.json, seed %d", SEED)
                .doesNotExist();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            // Those that begin with a dot are not whole yet.
            return files.allMatch(each -> each.getFileName().toString().startsWith("."));
        }
    }

    private void finish(String out) throws Exception {
        Process process = start(out);
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("exit code; it printed %s", printed())
                .isZero();
    }

    private Process start(String out) throws IOException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("squadron").toString()));
        command.addAll(List.of("--spark", "--master local[1] --conf spark.ui.enabled=false"));
        command.addAll(List.of("prepare", "--from", scratch.resolve("images").toString()));
        command.addAll(List.of("--out", scratch.resolve(out).toString(), "--set", "prepare.shard-size=512 KiB"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("printed.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_") || name.startsWith("SQUADRON_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private void drawImages() throws IOException {
        for (int part = 0; part < PARTS; part++) {
            Path folder = Files.createDirectories(scratch.resolve("images").resolve("class-" + part));
            for (int i = 0; i < PER_CLASS; i++) {
                byte[] pixels = new byte[PIXELS * PIXELS * Image.CHANNELS];
                random.nextBytes(pixels);
                Files.write(folder.resolve("%05d.png".formatted(i)), Encoder.png(new Image(PIXELS, PIXELS, pixels)));
            }
        }
    }

    private int[] counts(String line) throws IOException {
        Matcher found = Pattern.compile(line).matcher(printed());
        assertThat(found.find()).as("'%s' in %s", line, printed()).isTrue();
        return new int[] {Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))};
    }

    private String printed() throws IOException {
        return Files.readString(scratch.resolve("printed.txt"), StandardCharsets.UTF_8);
    }

    /** SHA-256 by name. Parquet's bytes may differ; the manifest's content is in the fingerprint, which is in dataset.json. */
    private Map<String, String> bytes(String out) throws IOException {
        Path dataset = scratch.resolve(out);
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(dataset)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = dataset.relativize(file).toString();
                if (!name.startsWith("manifest.parquet")
                        && !file.getFileName().toString().endsWith(".crc")) {
                    found.put(name, Checksum.sha256(Files.readAllBytes(file)));
                }
            }
        }
        assertThat(found).as("files of %s", out).containsKey("dataset.json").doesNotContainKey("_prepare");
        return found;
    }
}
