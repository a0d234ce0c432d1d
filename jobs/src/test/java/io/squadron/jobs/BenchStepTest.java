package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.engine.Precision;
import io.squadron.jobs.bench.Mode;
import io.squadron.jobs.bench.StepBench;
import io.squadron.jobs.bench.StepQuestion;
import io.squadron.jobs.bench.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command from its words to its figures, on the smallest case there is. */
class BenchStepTest {
    private static final List<String> TINY =
            List.of("bench", "step", "--architecture", "resnet18", "--size", "32", "--warmup", "0");

    /** The parts of a step are read from one clock; only rounding of doubles is left. */
    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

    @TempDir
    private Path folder;

    @Test
    void helpShowsExamplesThatParse() {
        Terminal help = Terminal.run(new RecordingJobs(), "bench", "step", "--help");
        List<String> examples = help.out()
                .lines()
                .filter(line -> line.startsWith("  squadron "))
                .toList();
        assertThat(examples).as("examples").hasSize(2);
        for (String example : examples) {
            RecordingJobs jobs = new RecordingJobs();
            String[] words = example.strip().substring("squadron ".length()).split(" ");
            assertThat(Terminal.run(jobs, words).exitCode()).as(example).isZero();
            jobs.only(Jobs.BenchStep.class);
        }
    }

    @Test
    void listsBecomeEveryVariant() {
        RecordingJobs jobs = new RecordingJobs();
        Terminal.run(
                jobs,
                ("bench step --architecture resnet50 --batch 1,16 --threads 1,2 --engine onednn,dl4j "
                                + "--precision float32,bfloat16 --mode frozen --fork")
                        .split(" "));
        Jobs.BenchStep request = jobs.only(Jobs.BenchStep.class);
        StepQuestion question = request.question();
        assertThat(question.batches()).as("batches").containsExactly(1, 16);
        assertThat(question.variants())
                .as("variants")
                .hasSize(8)
                .startsWith(new Variant("onednn", Precision.FLOAT32, 1), new Variant("onednn", Precision.BFLOAT16, 1));
        assertThat(question.subject().mode()).as("mode").isEqualTo(Mode.FROZEN);
        assertThat(request.memory()).as("memory").isEqualTo(StepBench.Memory.OWN_PROCESS);
        assertThat(request.json()).as("file").isEmpty();
    }

    @Test
    void aStepIsMeasuredAndItsPartsAddUp() throws IOException {
        JsonNode root = bench("--batch", "2", "--threads", "1", "--engine", "onednn,dl4j", "--steps", "2");
        assertThat(root.get("architecture").asText()).as("architecture").isEqualTo("resnet18");
        assertThat(root.get("machine").get("cpu").asText()).as("cpu").isNotBlank();
        assertThat(root.get("results")).as("results").hasSize(2);

        JsonNode fast = root.get("results").get(0);
        assertThat(fast.get("engine").asText()).as("engine").isEqualTo("onednn");
        double millis = fast.get("millis").asDouble();
        assertThat(fast.get("imagesPerSecond").asDouble()).as("images/s").isCloseTo(2000 / millis, ROUNDING);
        assertThat(fast.get("gigaflopsPerSecond").asDouble()).as("GFLOP/s").isPositive();
        assertThat(fast.get("shareOfCeiling").asDouble())
                .as("share of the ceiling")
                .isCloseTo(fast.get("ceilingMillis").asDouble() / millis, ROUNDING);
        assertThat(fast.get("arenaBytes").asLong())
                .as("arena")
                .isPositive()
                .isLessThan(fast.get("arenaBytesWithoutReuse").asLong());
        assertThat(fast.has("peakResidentBytes")).as("peak of a shared process").isFalse();
        assertSplitAddsUp(fast, "convolution forward", "convolution backward weights", "optimiser", "rest");

        JsonNode slow = root.get("results").get(1);
        assertThat(slow.get("millis").asDouble()).as("milliseconds").isPositive();
        assertThat(slow.has("split") || slow.has("ceilingMillis"))
                .as("dl4j says where its time goes")
                .isFalse();
    }

    /** What nobody named is a quarter of so small a step at most; of a real one it is thousandths. */
    private static void assertSplitAddsUp(JsonNode row, String... kinds) {
        double sum = 0;
        double shares = 0;
        List<String> found = new ArrayList<>();
        row.get("split").fieldNames().forEachRemaining(found::add);
        for (Iterator<JsonNode> parts = row.get("split").elements(); parts.hasNext(); ) {
            JsonNode part = parts.next();
            assertThat(part.get("millis").asDouble()).as("a part of %s", row).isNotNegative();
            sum += part.get("millis").asDouble();
            shares += part.get("share").asDouble();
        }
        assertThat(found).as("kinds of work").contains(kinds);
        assertThat(sum).as("parts in ms").isCloseTo(row.get("millis").asDouble(), Offset.offset(1e-6));
        assertThat(shares).as("shares").isCloseTo(1, Offset.offset(1e-6));
        assertThat(row.get("split").get("rest").get("share").asDouble())
                .as("rest")
                .isLessThan(0.25);
    }

    @Test
    void inferenceHasNoWayBack() throws IOException {
        JsonNode row = bench("--batch", "2", "--threads", "1", "--engine", "onednn", "--steps", "1", "--mode", "infer")
                .get("results")
                .get(0);
        assertSplitAddsUp(row, "convolution forward", "result out");
        assertThat(row.get("split").has("optimiser")).as("optimiser").isFalse();
        assertThat(row.get("peakResidentBytes").asLong())
                .as("peak of a process with one variant")
                .isGreaterThan(100L << 20);
    }

    @Test
    void aFrozenBodyIsShownBesideInference() throws IOException {
        JsonNode row = bench(
                        "--batch",
                        "2",
                        "--threads",
                        "1",
                        "--engine",
                        "onednn",
                        "--steps",
                        "1",
                        "--mode",
                        "frozen",
                        "--images",
                        "bytes")
                .get("results")
                .get(0);
        assertThat(row.get("inferenceImagesPerSecond").asDouble())
                .as("inference")
                .isPositive();
        assertThat(row.get("split").has("convolution backward weights"))
                .as("a way back through the body")
                .isFalse();
    }

    @Test
    void aProcessOfItsOwnSaysHowMuchMemoryItTook() throws IOException {
        JsonNode row = bench("--batch", "1,2", "--threads", "1", "--engine", "onednn", "--steps", "1", "--fork")
                .get("results")
                .get(0);
        assertThat(row.get("peakResidentBytes").asLong())
                .as("peak")
                .isGreaterThan(row.get("arenaBytes").asLong()
                        + row.get("heapVectorBytes").asLong());
        assertThat(row.get("heapBytes").asLong()).as("heap").isLessThan(1L << 30);
    }

    @Test
    void aVariantThatCannotBeIsARowThatSaysWhy() throws IOException {
        JsonNode results = bench(
                        "--batch",
                        "1",
                        "--threads",
                        "1",
                        "--engine",
                        "dl4j",
                        "--precision",
                        "bfloat16,float32",
                        "--steps",
                        "1")
                .get("results");
        assertThat(results.get(0).get("refused").asText()).as("reason").contains("bfloat16", "engine dl4j");
        assertThat(results.get(1).get("millis").asDouble()).as("the other").isPositive();
    }

    @Test
    void nothingThatCanBeComputedIsAnError() {
        Terminal stopped = run("--batch", "1", "--engine", "dl4j", "--precision", "bfloat16");
        assertThat(stopped.out()).as("table").contains("refused", "it knows float32 only");
        assertStops(stopped, "none of 1 variants", "resnet18");
    }

    @Test
    void badInputIsNamed() {
        assertStops(run("--architecture", "resnet19"), "resnet19", "resnet18, resnet34");
        assertStops(run("--engine", "tensors"), "tensors", "onednn");
        assertStops(run("--precision", "float8"), "float8", "float32");
        assertStops(run("--mode", "guess"), "--mode", "guess");
        assertStops(run("--size", "0"), "0 pixels");
        assertStops(run("--batch", "0"), "batch of 0");
        assertStops(run("--batch", "many"), "--batch", "many");
        assertStops(run("--threads", "0"), "threads of 0");
        assertStops(run("--steps", "0"), "steps of 0");
        assertStops(run("--classes", "1"), "1 classes");
        assertStops(Terminal.run(new RecordingJobs(), "bench"), "step");
    }

    private JsonNode bench(String... further) throws IOException {
        Path json = folder.resolve("step.json");
        List<String> words = new ArrayList<>(List.of(further));
        words.addAll(List.of("--json", json.toString()));
        Terminal terminal = run(words.toArray(String[]::new));
        assertThat(terminal.exitCode()).as("exit code: %s", terminal).isZero();
        assertThat(terminal.out()).as("table").contains("images/s", "resnet18 on 32 x 32");
        return new ObjectMapper().readTree(json.toFile());
    }

    /** A later option of the same name would be an error: those of the tiny case are left out where they are given. */
    private static Terminal run(String... further) {
        List<String> words = new ArrayList<>(TINY);
        for (int i = 0; i < further.length; i++) {
            int there = words.indexOf(further[i]);
            if (there >= 0 && further[i].startsWith("--")) {
                words.set(there + 1, further[++i]);
            } else {
                words.add(further[i]);
            }
        }
        return RealJobs.run(words.toArray(String[]::new));
    }

    private static void assertStops(Terminal terminal, String... said) {
        assertThat(terminal.exitCode()).as("exit code: %s", terminal).isEqualTo(2);
        assertThat(terminal.err()).as("error").contains(said).doesNotContain("\tat ");
    }
}
