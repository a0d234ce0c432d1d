package io.squadron.driver.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What torch and timm compute, step by step. */
class ScheduleGoldenTest {
    private static final double TOLERANCE = 1e-12;
    private static final int ALL = Integer.MAX_VALUE;

    static Stream<Arguments> torch() {
        return Stream.of(
                Arguments.of("cosine T_max=20 eta_min=0", new Cosine(0.1, 0, 20)),
                Arguments.of("cosine T_max=20 eta_min=0.001", new Cosine(0.1, 0.001, 20)),
                Arguments.of("warm restarts T_0=5 T_mult=2 eta_min=0", new WarmRestarts(0.1, 0, 5, 2)),
                Arguments.of(
                        "linear warmup 5 from 0.01 then cosine T_max=15",
                        new LinearWarmup(0.1, 5, new Cosine(0.1, 0, 15))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("torch")
    void equalsTorch(String name, Schedule schedule) throws IOException {
        assertEqual(schedule, golden("schedules.json").get(name), ALL);
    }

    static Stream<Arguments> recipes() {
        return Stream.of(
                // torch's cosine rises again after its end; ours must not (the next test).
                Arguments.of("CosineAnnealingLR(T_max=10,eta_min=0)", new Cosine(0.1, 0, 10), 11),
                Arguments.of("CosineAnnealingLR(T_max=10,eta_min=0.001)", new Cosine(0.1, 0.001, 10), ALL),
                Arguments.of(
                        "WarmRestarts(T0=10,mult=2,eta_min=0) integer steps", new WarmRestarts(0.1, 0, 10, 2), ALL),
                Arguments.of("WarmRestarts(T0=1,mult=3) step() recursion, 0..123", new WarmRestarts(0.1, 0, 1, 3), ALL),
                Arguments.of(
                        "torchvision recipe: SequentialLR[LinearLR(0.01,5), CosineAnnealingLR(T_max=15)] "
                                + "milestones=[5], lr=0.5",
                        new LinearWarmup(0.01, 5, new Cosine(0.5, 0, 15)),
                        ALL),
                Arguments.of("timm cosine same, prefix=True", new LinearWarmup(1e-4, 5, new Cosine(0.1, 0, 20)), ALL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recipes")
    void equalsTheRecipes(String name, Schedule schedule, int steps) throws IOException {
        assertEqual(schedule, golden("recipes.json").get("schedules").get(name), steps);
    }

    private static void assertEqual(Schedule schedule, JsonNode expected, int steps) {
        assertThat(expected.size()).isPositive();
        for (int step = 0; step < Math.min(steps, expected.size()); step++) {
            assertThat(schedule.at(step))
                    .as("%s at step %d", schedule, step)
                    .isCloseTo(expected.get(step).asDouble(), within(TOLERANCE));
        }
    }

    /** A hundred steps an epoch make steps of what torch has as fractions of an epoch. */
    @Test
    void restartsWithinEpochsEqualTorch() throws IOException {
        Schedule schedule = new WarmRestarts(0.1, 0, 1000, 2);
        JsonNode golden =
                golden("recipes.json").get("schedules").get("WarmRestarts(T0=10,mult=2) step(epoch fraction)");
        assertThat(golden.size()).isEqualTo(11);
        for (Map.Entry<String, JsonNode> each : golden.properties()) {
            long step = Math.round(Double.parseDouble(each.getKey()) * 100);
            assertThat(schedule.at(step))
                    .as("epoch %s", each.getKey())
                    .isCloseTo(each.getValue().asDouble(), within(TOLERANCE));
        }
    }

    @Test
    void everyRestartIsAtThePeakWhateverTheFactor() {
        assertThat(new WarmRestarts(0.1, 0, 1, 3).at(121)).isEqualTo(0.1);
        for (int factor : new int[] {1, 2, 3, 5, 7, 10}) {
            for (int first : new int[] {1, 2, 10, 1000}) {
                Schedule schedule = new WarmRestarts(0.3, 0.01, first, factor);
                long restart = 0;
                long length = first;
                for (int cycle = 0; cycle < 12; cycle++) {
                    assertThat(schedule.at(restart))
                            .as("%s at %d", schedule, restart)
                            .isEqualTo(0.3);
                    restart += length;
                    length *= factor;
                    assertThat(schedule.at(restart - 1)).isLessThanOrEqualTo(0.3);
                }
            }
        }
    }

    @Test
    void aCosineStaysAtItsFloor() {
        Schedule cosine = new Cosine(0.1, 0.001, 10);
        assertThat(cosine.at(10)).isEqualTo(0.001);
        assertThat(cosine.at(11)).isEqualTo(0.001);
        assertThat(cosine.at(1_000_000)).isEqualTo(0.001);
    }

    @Test
    void stairsGoDownByTheFactor() {
        Schedule stairs = new StepDecay(0.1, 30, 0.1);
        assertThat(stairs.at(0)).isEqualTo(0.1);
        assertThat(stairs.at(29)).isEqualTo(0.1);
        assertThat(stairs.at(30)).isCloseTo(0.01, within(TOLERANCE));
        assertThat(stairs.at(60)).isCloseTo(0.001, within(TOLERANCE));
        assertThat(new Constant(0.05).at(Long.MAX_VALUE)).isEqualTo(0.05);
    }

    @Test
    void schedulesFollowEachOther() {
        Schedule schedule =
                new Sequence(new Constant(1), 3, new Sequence(new StepDecay(2, 1, 0.5), 2, new Constant(3)));
        double[] rates = Stream.iterate(0L, step -> step + 1)
                .limit(7)
                .mapToDouble(schedule::at)
                .toArray();
        assertThat(rates).containsExactly(1, 1, 1, 2, 1, 3, 3);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new Constant(-1))
                .isInstanceOf(Failure.class)
                .hasMessage("Cannot use learning rate -1.0 (expected 0 or more)");
        assertThatThrownBy(() -> new Constant(Double.NaN)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new Cosine(0.1, 0, 0))
                .hasMessage("Cannot use a cosine of 0 steps (expected at least 1)");
        assertThatThrownBy(() -> new WarmRestarts(0.1, 0, 5, 0)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new LinearWarmup(-0.1, 5, new Constant(1))).isInstanceOf(Failure.class);
    }

    private static JsonNode golden(String file) throws IOException {
        try (InputStream in = ScheduleGoldenTest.class.getResourceAsStream("/golden/" + file)) {
            return new ObjectMapper().readTree(in);
        }
    }
}
