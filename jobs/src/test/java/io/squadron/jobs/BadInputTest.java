package io.squadron.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.exchange.ModelFile;
import io.squadron.exchange.PortableModel;
import io.squadron.image.Pictures;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong and disks damage: each has its exit code and its message, and leaves nothing to be trusted. */
class BadInputTest {
    private static final Storage STORAGE = Storage.of(Map.of());

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static String dataset;
    private static String run;

    @BeforeAll
    static void prepareAndTrain() {
        String images = shared.resolve("images").toString();
        RealJobs.draw(STORAGE, images, 20, List.of("circle", "square"));
        dataset = shared.resolve("dataset").toString();
        run = shared.resolve("run").toString();
        Terminal prepared = RealJobs.small(List.of("prepare", "--from", images, "--out", dataset));
        assertThat(prepared.exitCode()).as("exit code of prepare: %s", prepared).isZero();
        Terminal trained = RealJobs.small(List.of("train", "--dataset", dataset, "--run", run));
        assertThat(trained.exitCode()).as("exit code of train: %s", trained).isZero();
    }

    @Test
    void imagesThatAreNotThere() {
        assertStops(prepare("absent"), 3, "absent", "does not exist");
        assertNoDataset();
    }

    @Test
    void anEmptyClass() {
        draw("circle", "square");
        STORAGE.makeDirectories(path("images/star"));
        assertStops(prepare("images"), 3, "class folder 'star' holds no image", "Add images or remove the folder");
        assertNoDataset();
    }

    @Test
    void oneClassOnly() {
        draw("circle");
        assertStops(prepare("images"), 3, "one class only, 'circle'", "expected two or more");
        assertNoDataset();
    }

    @Test
    void damagedImagesAreCountedListedAndLeftOut() {
        drawWithDamaged();
        Terminal prepared = prepare("images", "prepare.reject-share=0.2");
        assertThat(prepared.exitCode()).as("exit code: %s", prepared).isZero();
        assertThat(prepared.out()).as("result").contains("3 left out (see rejects.jsonl)");
        assertThat(text("dataset/rejects.jsonl").lines())
                .as("rejects")
                .satisfiesExactly(
                        bomb -> assertThat(bomb).contains("circle/bomb.png", "30000 x 30000"),
                        fake -> assertThat(fake).contains("circle/text.jpg"),
                        torn -> assertThat(torn).contains("square/torn.png"));
        assertThat(RealJobs.run("inspect", path("dataset")).out())
                .as("what lies there")
                .contains("2 classes: circle, square");
    }

    @Test
    void tooManyDamagedImages() {
        drawWithDamaged();
        assertStops(
                prepare("images", "prepare.reject-share=0.1"),
                3,
                "3 of 23 images are damaged",
                "circle/bomb.png",
                path("dataset/rejects.jsonl"));
        assertNoDataset();
        assertThat(text("dataset/rejects.jsonl").lines()).as("rejects").hasSize(3);
    }

    @Test
    void anUnknownKey() {
        assertStops(train("new", "optimiser.learning-rat=0.1"), 2, "learning-rat", "optimiser.learning-rate");
        assertNothingAt("new");
    }

    @Test
    void aNegativeLearningRate() {
        assertStops(train("new", "optimiser.learning-rate=-1"), 2, "squadron.optimiser.learning-rate", "-1");
        assertNothingAt("new");
    }

    @Test
    void moreReplicasThanSlots() {
        long began = System.nanoTime();
        Terminal stopped = train("new", "training.replicas=4");
        assertStops(stopped, 5, "4 replicas", "local[2] has 2 slots", "training.replicas", "local[4]");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("time until it is said")
                .isLessThan(Duration.ofSeconds(60));
        assertThat(STORAGE.exists(path("new/checkpoints")))
                .as("checkpoints are there")
                .isFalse();
        assertThat(train("new", "training.epochs=1").exitCode())
                .as("exit code of the next start")
                .isZero();
    }

    @Test
    void aRunThatIsThereAlready() throws IOException {
        List<String> before = listing(Path.of(run));
        assertStops(RealJobs.small(List.of("train", "--dataset", dataset, "--run", run)), 4, run, "--resume");
        assertThat(listing(Path.of(run))).as("files of the run").isEqualTo(before);
    }

    @Test
    void resumingWithAnotherSeed() throws IOException {
        List<String> before = listing(Path.of(run));
        assertStops(resume(dataset, run, "seed=2"), 4, "squadron.seed was 1, is 2");
        assertThat(listing(Path.of(run))).as("files of the run").isEqualTo(before);
    }

    @Test
    void resumingWhereNoRunIs() {
        assertStops(RealJobs.run("train", "--run", path("nothing"), "--resume"), 4, path("nothing"), "--dataset");
        assertNothingAt("nothing");
    }

    @Test
    void resumingOnAnotherDataset() {
        draw("circle", "square", "star");
        assertThat(prepare("images").exitCode()).as("exit code of prepare").isZero();
        assertStops(resume(path("dataset"), run), 4, path("dataset"), "fingerprint", "start a new run");
    }

    @Test
    void aCheckpointWithOneByteChanged() throws IOException {
        Path copy = copy(Path.of(run), folder.resolve("copy"));
        Path newest = copy.resolve("checkpoints/step-000000000010");
        changeOneByte(part(newest));

        assertStops(
                RealJobs.run(
                        "evaluate", "--model", newest.toString(), "--dataset", dataset, "--out", path("evaluation")),
                4,
                part(newest).getFileName().toString(),
                "damaged");
        assertNothingAt("evaluation");

        Terminal resumed = resume(dataset, copy.toString());
        assertThat(resumed.exitCode()).as("exit code: %s", resumed).isZero();
        assertThat(resumed.err())
                .as("progress")
                .contains("skipped checkpoint step-000000000010", "damaged", "resuming at step 5");
        assertThat(Files.readAllBytes(part(newest)))
                .as("the part, trained again")
                .isEqualTo(Files.readAllBytes(part(Path.of(run).resolve("checkpoints/step-000000000010"))));
    }

    @Test
    void aSplitWithoutSamples() {
        Terminal stopped =
                RealJobs.run("evaluate", "--run", run, "--dataset", dataset, "--split", "test", "--out", path("out"));
        assertStops(stopped, 3, "test split of " + dataset, "it has no samples", "--split");
        assertNothingAt("out");
    }

    @Test
    void anExportOfARunToATakenName() throws IOException {
        String out = path("model.safetensors");
        List<String> export = List.of("export", "--model", run, "--format", "safetensors", "--out", out);
        Terminal exported = RealJobs.run(export.toArray(String[]::new));
        assertThat(exported.exitCode()).as("exit code: %s", exported).isZero();
        PortableModel model = ModelFile.read(STORAGE, out);
        assertThat(model.facts().classes()).as("classes").containsExactly("circle", "square");
        assertThat(model.provenance()).as("provenance").containsKeys("checkpoint", "step", "dataset-fingerprint");
        byte[] before = Files.readAllBytes(Path.of(out));

        assertStops(RealJobs.run(export.toArray(String[]::new)), 4, out, "the name is taken", "--overwrite");
        assertThat(Files.readAllBytes(Path.of(out))).as("file").isEqualTo(before);
    }

    @Test
    void aTruncatedShard() throws IOException {
        Path copy = copy(Path.of(dataset), folder.resolve("torn"));
        StoredFile shard = STORAGE.list(copy.resolve("shards").toString()).get(0);
        Path file = copy.resolve("shards").resolve(shard.name());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 512));
        Terminal stopped = RealJobs.small(List.of("train", "--dataset", copy.toString(), "--run", path("new")));
        assertStops(stopped, 3, "shards/" + shard.name(), "expected %d".formatted(bytes.length));
        assertNothingAt("new");
    }

    private Terminal prepare(String images, String... settings) {
        return RealJobs.small(List.of("prepare", "--from", path(images), "--out", path("dataset")), settings);
    }

    private Terminal train(String name, String... settings) {
        return RealJobs.small(List.of("train", "--dataset", dataset, "--run", path(name)), settings);
    }

    private static Terminal resume(String data, String where, String... settings) {
        return RealJobs.small(List.of("train", "--resume", "--dataset", data, "--run", where), settings);
    }

    private void draw(String... classes) {
        RealJobs.draw(STORAGE, path("images"), 10, List.of(classes));
    }

    private void drawWithDamaged() {
        draw("circle", "square");
        byte[] whole = STORAGE.read(path("images/square/00000.png"));
        STORAGE.publish(path("images/square/torn.png"), Arrays.copyOf(whole, whole.length / 2));
        STORAGE.publish(path("images/circle/text.jpg"), "not an image".getBytes(UTF_8));
        STORAGE.publish(path("images/circle/bomb.png"), Pictures.bomb(30_000, 30_000));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private String text(String name) {
        return new String(STORAGE.read(path(name)), UTF_8);
    }

    private static void assertStops(Terminal terminal, int exitCode, String... said) {
        assertThat(terminal.exitCode()).as("exit code: %s", terminal).isEqualTo(exitCode);
        assertThat(terminal.err()).as("error").contains(said).doesNotContain("\tat ");
    }

    private void assertNoDataset() {
        assertNothingAt("dataset/dataset.json");
    }

    private void assertNothingAt(String name) {
        assertThat(folder.resolve(name)).as("what must not be there").doesNotExist();
    }

    private static Path part(Path checkpoint) throws IOException {
        try (Stream<Path> files = Files.list(checkpoint)) {
            return files.filter(each -> each.toString().endsWith(".sqd"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void changeOneByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    /** Every file below {@code root} with its length. */
    private static List<String> listing(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(each -> each + " " + each.toFile().length())
                    .sorted()
                    .toList();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
        return to;
    }
}
