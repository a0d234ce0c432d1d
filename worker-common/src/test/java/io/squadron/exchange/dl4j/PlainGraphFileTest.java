package io.squadron.exchange.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.squadron.exchange.PortableModel;
import io.squadron.exchange.TravellingModels;
import io.squadron.model.Architectures;
import io.squadron.model.Head;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PlainGraphFileTest {
    /** Of the largest logit: both sides add float32 in another order. */
    private static final float TOLERANCE = 1e-4f;

    private static final int COUNT = 3;

    @TempDir
    Path folder;

    static Stream<String> architectures() {
        return Architectures.names().stream();
    }

    /** Gigabytes for the largest: asked for with {@code -Dexport.all=true}. */
    @EnabledIfSystemProperty(named = "export.all", matches = "true")
    @ParameterizedTest
    @MethodSource("architectures")
    void everyArchitectureGivesTheSameLogits(String architecture) throws IOException {
        requireSame(TravellingModels.of(architecture));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "googlenet"})
    void logitsAreOurs(String architecture) throws IOException {
        requireSame(TravellingModels.of(architecture));
    }

    /** Half a minute: asked for as above. */
    @EnabledIfSystemProperty(named = "export.all", matches = "true")
    @Test
    void alexnetWithItsNormsAndAverageOverUnevenBins() throws IOException {
        requireSame(TravellingModels.of("alexnet_lrn", Head.linear(), 140));
    }

    @Test
    void aProcessWithoutOurClassesReadsIt() throws IOException, InterruptedException {
        PortableModel model = TravellingModels.of("resnet18", new Head.Hidden(16, 0.5f), 32);
        Path file = written(model);
        byte[] pixels = TravellingModels.pixels(COUNT, 32);
        Path input = folder.resolve("input");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(input))) {
            Nd4j.write(input(model, pixels), out);
        }
        Path output = folder.resolve("output");
        read(file, input, output);
        try (DataInputStream in = new DataInputStream(Files.newInputStream(output))) {
            requireSame(floats(Nd4j.read(in)), TravellingModels.logits(model, pixels, COUNT));
            assertThat(Nd4j.read(in).sumNumber().floatValue())
                    .as("sum of probabilities")
                    .isCloseTo(COUNT, offset(1e-4f));
        }
    }

    private void read(Path file, Path input, Path output) throws IOException, InterruptedException {
        Path source = folder.resolve("Reader.java");
        try (InputStream in = PlainGraphFileTest.class.getResourceAsStream("Reader.java.txt")) {
            Files.write(source, in.readAllBytes());
        }
        Path log = folder.resolve("log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                jars(),
                source.toString(),
                file.toString(),
                input.toString(),
                "fc.3",
                output.toString());
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(Files.readString(log, StandardCharsets.UTF_8))
                .as("exit code %d", exit)
                .contains("without Squadron's classes");
        assertThat(exit).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
    }

    /** What we are built with, without what we are. */
    private static String jars() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(java.io.File.pathSeparator))
                .filter(each -> each.endsWith(".jar")
                        && !Path.of(each).getFileName().toString().startsWith("worker-common"))
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private Path written(PortableModel model) throws IOException {
        Path file = folder.resolve("model.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            PlainGraphFile.write(model, out);
        }
        return file;
    }

    private void requireSame(PortableModel model) throws IOException {
        ComputationGraph graph =
                ModelSerializer.restoreComputationGraph(written(model).toFile());
        byte[] pixels = TravellingModels.pixels(COUNT, model.facts().size());
        String output = model.facts().spec().output().name();
        INDArray logits = graph.feedForward(input(model, pixels), false).get(output);
        requireSame(floats(logits), TravellingModels.logits(model, pixels, COUNT));
    }

    private static void requireSame(float[] found, float[] expected) {
        float largest = 0;
        for (float each : expected) {
            largest = Math.max(largest, Math.abs(each));
        }
        assertThat(largest).as("largest logit").isGreaterThan(1e-3f);
        assertThat(found).as("logits").containsExactly(expected, offset(TOLERANCE * largest));
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    private static INDArray input(PortableModel model, byte[] pixels) {
        int size = model.facts().size();
        return Nd4j.create(TravellingModels.planes(model.facts(), pixels), new long[] {COUNT, 3, size, size}, 'c');
    }
}
