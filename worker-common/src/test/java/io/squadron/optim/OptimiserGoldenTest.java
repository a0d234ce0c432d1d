package io.squadron.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What torch computes, number by number. */
class OptimiserGoldenTest {
    /** Float32 against float32 whose sums may be fused: some units of the last place of numbers below 2. */
    private static final double TOLERANCE = 1e-6;

    private static final double[] CHANGING = {0.1, 0.1, 0.05, 0.01, 0.2, 0};

    static Stream<Arguments> fiveSteps() {
        DoubleUnaryOperator tenth = step -> 0.1;
        DoubleUnaryOperator hundredth = step -> 0.01;
        DoubleUnaryOperator cosine = step -> 0.01 * (1 + Math.cos(Math.PI * step / 5)) / 2;
        return Stream.of(
                Arguments.of("sgd lr=0.1", Sgd.plain(), 0, tenth),
                Arguments.of("sgd lr=0.1 momentum=0.9", Sgd.heavyBall(0.9), 0, tenth),
                Arguments.of("sgd lr=0.1 momentum=0.9 nesterov", Sgd.nesterov(0.9), 0, tenth),
                Arguments.of("sgd lr=0.1 momentum=0.9 weight_decay=0.01", Sgd.heavyBall(0.9), 0.01, tenth),
                Arguments.of("adam lr=0.01", Adam.standard(), 0, hundredth),
                Arguments.of("adamw lr=0.01 weight_decay=0.05", AdamW.standard(), 0.05, hundredth),
                Arguments.of("adamw lr=0.01 weight_decay=0.05 cosine T_max=5", AdamW.standard(), 0.05, cosine));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fiveSteps")
    void equalsTorchOnGivenGradients(String name, Optimiser optimiser, double decay, DoubleUnaryOperator rate)
            throws IOException {
        JsonNode golden = golden("optimisers.json");
        long seed = golden.get("seed").asLong();
        float[] weights = uniform("p", 16, seed);
        List<ParameterGroup> groups = List.of(new ParameterGroup(0, 16, 1, decay));
        OptimiserState state = OptimiserState.fresh(optimiser, 16);
        for (int step = 0; step < 5; step++) {
            optimiser.update(weights, uniform("g" + step, 16, seed), state, groups, rate.applyAsDouble(step));
            assertClose(name + " step " + step, weights, golden.get(name).get(step), TOLERANCE);
        }
    }

    static Stream<Arguments> quadratics() {
        return Stream.of(
                        Arguments.of("SGD mom .9 wd .01", Sgd.heavyBall(0.9), 0.01),
                        Arguments.of("SGD nesterov .9 wd .01", Sgd.nesterov(0.9), 0.01),
                        Arguments.of("Adam(.9,.999,1e-8)", Adam.standard(), 0),
                        Arguments.of("Adam L2 wd .01", Adam.standard(), 0.01),
                        Arguments.of("AdamW wd .05", AdamW.standard(), 0.05))
                .flatMap(each -> Stream.of(" const lr .1", " lr=[0.1, 0.1, 0.05, 0.01, 0.2, 0.0]")
                        .map(rates -> Arguments.of(each.get()[0] + rates, each.get()[1], each.get()[2])));
    }

    /** The gradient depends on the weights here, so an error of one step would grow in the next. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("quadratics")
    void equalsTorchOnAQuadraticWithChangingRates(String name, Optimiser optimiser, double decay) throws IOException {
        JsonNode steps = golden("recipes.json").get("optimizers").get(name);
        float[] weights = {1, -2, 0.5f};
        float[] slope = {0.3f, 1.1f, -0.7f};
        float[] shift = {0.1f, -0.2f, 0.05f};
        List<ParameterGroup> groups = List.of(new ParameterGroup(0, 3, 1, decay));
        OptimiserState state = OptimiserState.fresh(optimiser, 3);
        for (int step = 0; step < 6; step++) {
            float[] gradient = new float[3];
            for (int i = 0; i < 3; i++) {
                gradient[i] = slope[i] * weights[i] + shift[i] * (step + 1);
            }
            double rate = name.contains("const") ? 0.1 : CHANGING[step];
            optimiser.update(weights, gradient, state, groups, rate);
            // The reference ran in float64; six steps of float32 on numbers of about 1 stay within some 1e-6.
            assertClose(name + " step " + step, weights, steps.get(step), 3 * TOLERANCE);
        }
        assertThat(state.updates()).isEqualTo(6);
    }

    @Test
    void clippingEqualsTorch() throws IOException {
        JsonNode golden = golden("recipes.json").get("clip_grad_norm_(1.0)");
        float[] gradient = {3, 4, 12};
        double norm = new Clipping(1).clip(gradient, List.of(new ParameterGroup(0, 3, 1, 0)));
        assertThat(norm).isCloseTo(golden.get("total_norm").asDouble(), within(1e-12));
        assertThat((double) gradient[0])
                .isCloseTo(golden.get("grads").get(0).get(0).asDouble(), within(1e-7));
        assertThat((double) gradient[1])
                .isCloseTo(golden.get("grads").get(0).get(1).asDouble(), within(1e-7));
        assertThat((double) gradient[2])
                .isCloseTo(golden.get("grads").get(1).get(0).asDouble(), within(1e-7));
    }

    private static void assertClose(String where, float[] found, JsonNode expected, double tolerance) {
        assertThat(expected.size()).as(where).isEqualTo(found.length);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i])
                    .as("%s, element %d", where, i)
                    .isCloseTo(expected.get(i).asDouble(), within(tolerance));
        }
    }

    private static JsonNode golden(String file) throws IOException {
        try (InputStream in = OptimiserGoldenTest.class.getResourceAsStream("/golden/" + file)) {
            return new ObjectMapper().readTree(in);
        }
    }

    /** The formula by which the golden files fill tensors: 24 bits of SplitMix64, in [-1, 1). */
    private static float[] uniform(String name, int count, long seed) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        long base = (crc.getValue() << 32) + (seed << 24);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long bits = io.squadron.random.RandomStream.mix(base + i + 0x9E3779B97F4A7C15L) >>> 40;
            values[i] = (float) (bits / (double) (1 << 23) - 1);
        }
        return values;
    }
}
