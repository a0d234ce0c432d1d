package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.engine.dl4j.NormProbe;
import io.squadron.engine.onednn.NativeNormProbe;
import io.squadron.testing.GoldenFill;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch norm over replicas of 5, 3 and 2 samples against torch's over all ten. */
class SyncedBatchNormTest {
    private static final double TOLERANCE = 1e-5;

    private final GoldenFile golden = GoldenFile.read(Path.of("src/test/resources/golden/synced_batch_norm.json"));
    private final int channels = golden.integer("channels");
    private final int size = golden.integer("size");
    private final int perSample = channels * size * size;

    static Stream<Arguments> probes() {
        ProbedNorm.Probe dl4j = NormProbe::run;
        ProbedNorm.Probe plain = new NativeNormProbe(NativeNormProbe.Channels.APART);
        ProbedNorm.Probe blocked = new NativeNormProbe(NativeNormProbe.Channels.IN_BLOCKS);
        return Stream.of(
                Arguments.of("dl4j", dl4j),
                Arguments.of("onednn, plain", plain),
                Arguments.of("onednn, blocked", blocked));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("probes")
    void replicasOfUnequalSizeComputeAsOne(String engine, ProbedNorm.Probe probe) throws Exception {
        int[] counts = GoldenFile.ints(golden.root().get("replica_batch_sizes"));
        List<ProbedNorm> results = Meeting.of(
                counts.length,
                rank -> () -> probe.run(
                        channels,
                        part(x(), counts, rank.number()),
                        part(dy(), counts, rank.number()),
                        new int[] {counts[rank.number()], channels, size, size},
                        golden.integer("seed"),
                        rank));
        close("y", joined(results.stream().map(ProbedNorm::y).toList()), golden.digest("y"));
        close("dx", joined(results.stream().map(ProbedNorm::dx).toList()), golden.digest("dx"));
        close("dgamma", summed(results, "0.weight"), golden.numbers("dgamma"));
        close("dbeta", summed(results, "0.bias"), golden.numbers("dbeta"));
        for (ProbedNorm each : results) {
            close("running mean", doubles(each.weights().slice("0.running_mean")), golden.numbers("running_mean"));
            close("running variance", doubles(each.weights().slice("0.running_var")), golden.numbers("running_var"));
        }
    }

    private float[] x() {
        return GoldenFill.images(10, channels, size, golden.integer("seed")).values();
    }

    private float[] dy() {
        return GoldenFill.uniform("dy", 10 * perSample, golden.integer("seed"));
    }

    private float[] part(float[] all, int[] counts, int rank) {
        int before = Arrays.stream(counts, 0, rank).sum();
        return Arrays.copyOfRange(all, before * perSample, (before + counts[rank]) * perSample);
    }

    private static double[] joined(List<float[]> parts) {
        List<Double> all = new ArrayList<>();
        for (float[] part : parts) {
            for (float value : part) {
                all.add((double) value);
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] summed(List<ProbedNorm> results, String slice) {
        double[] total = new double[results.get(0).weights().slice(slice).length];
        for (ProbedNorm each : results) {
            float[] one = each.gradient(slice);
            Arrays.setAll(total, i -> total[i] + one[i]);
        }
        return total;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static void close(String what, double[] found, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(found).as(what).containsExactly(expected, within(TOLERANCE * Math.max(1, largest)));
    }

    private static void close(String what, double[] found, GoldenFile.Digest expected) {
        double norm = Math.sqrt(Arrays.stream(found).map(v -> v * v).sum());
        assertThat(norm).as("norm of %s", what).isCloseTo(expected.norm(), within(TOLERANCE * expected.norm()));
        double[] some =
                Arrays.stream(expected.at()).mapToDouble(at -> found[at]).toArray();
        assertThat(some).as(what).containsExactly(expected.values(), within(TOLERANCE));
    }
}
