package io.squadron.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class InitialisationTest {
    private static final ModelSpec SPEC = Architectures.build("resnet18", ModelOptions.of(new Shape(3, 64, 64), 10));

    private static final ModelSpec HIDDEN = Architectures.build(
            "resnext50_32x4d", ModelOptions.of(new Shape(3, 64, 64), 10).with(new Head.Hidden(64, 0)));

    /** A slice, and by hand what feeds one of its outputs and what one of its inputs feeds, as torch counts them. */
    private record Fans(ModelSpec spec, String slice, int in, int out) {
        double variance(Initialisation kind) {
            boolean dense = slice.startsWith("fc");
            return switch (kind) {
                case HE_NORMAL_FAN_IN, HE_UNIFORM_FAN_IN -> 2.0 / in;
                case HE_NORMAL_FAN_OUT, HE_UNIFORM_FAN_OUT -> dense ? 1 / (3.0 * in) : 2.0 / out;
                case XAVIER_NORMAL, XAVIER_UNIFORM -> 2.0 / (in + out);
            };
        }
    }

    static Stream<Arguments> deviations() {
        List<Fans> slices = List.of(
                new Fans(SPEC, "conv1.weight", 3 * 7 * 7, 64 * 7 * 7),
                new Fans(SPEC, "layer2.0.downsample.0.weight", 64, 128),
                new Fans(SPEC, "layer3.0.conv1.weight", 128 * 3 * 3, 256 * 3 * 3),
                new Fans(SPEC, "fc.weight", 512, 10),
                // 32 groups of 4 channels.
                new Fans(HIDDEN, "layer1.0.conv2.weight", 4 * 3 * 3, 128 * 3 * 3),
                new Fans(HIDDEN, "fc.0.weight", 2048, 64));
        return Stream.of(Initialisation.values())
                .flatMap(kind -> slices.stream()
                        .map(fans -> Arguments.of(kind, fans.spec(), fans.slice(), Math.sqrt(fans.variance(kind)))));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("deviations")
    void drawsHaveTheSpreadOfTheirKind(Initialisation kind, ModelSpec spec, String name, double expected) {
        float[] drawn = begun(kind, spec, name, 5);
        // Four standard errors: at the 4608 draws of the smallest slice 6 % for the mean, 4 % for the deviation.
        assertThat(mean(drawn) / expected).isCloseTo(0, within(4 / Math.sqrt(drawn.length)));
        assertThat(deviation(drawn) / expected).isCloseTo(1, within(4 / Math.sqrt(2.0 * drawn.length)));
        double largest = largest(drawn) / expected;
        if (kind.name().contains("UNIFORM")) {
            assertThat(largest).isBetween(0.99 * Math.sqrt(3), Math.sqrt(3) * (1 + 1e-6));
        } else {
            assertThat(largest).isBetween(3.0, 6.0);
        }
    }

    /** What torch draws for a ResNet's first convolution, as torch itself measured it. */
    @Test
    void theFirstConvolutionHasTorchsSpread() {
        assertThat(deviation(begun(Initialisation.HE_NORMAL_FAN_OUT, SPEC, "conv1.weight", 1)))
                .isCloseTo(0.025253813613805267, within(0.0008));
    }

    @ParameterizedTest
    @EnumSource(Initialisation.class)
    void normsBeginAsIdentityAndBiasesAtZero(Initialisation kind) {
        assertThat(begun(kind, SPEC, "bn1.weight", 3)).containsOnly(1f);
        assertThat(begun(kind, SPEC, "bn1.bias", 3)).containsOnly(0f);
        assertThat(begun(kind, SPEC, "bn1.running_mean", 3)).containsOnly(0f);
        assertThat(begun(kind, SPEC, "bn1.running_var", 3)).containsOnly(1f);
        assertThat(begun(kind, SPEC, "fc.bias", 3)).containsOnly(0f);
    }

    @Test
    void aSliceBeginsAlikeWhateverStandsBesideIt() {
        Initialisation kind = Initialisation.HE_NORMAL_FAN_OUT;
        String name = "layer1.0.conv2.weight";
        float[] alone = begun(kind, SPEC, name, 3);
        Weights whole = kind.weights(Architectures.build("resnet18", ModelOptions.of(new Shape(1, 64, 64), 2)), 3);
        assertThat(Arrays.equals(whole.slice(name), alone)).isTrue();
        assertThat(Arrays.equals(begun(kind, SPEC, name, 4), alone)).isFalse();
        assertThat(Arrays.equals(begun(kind, SPEC, "layer1.0.conv1.weight", 3), alone))
                .isFalse();
    }

    /** One slice as it begins, among others that hold something else. */
    private static float[] begun(Initialisation kind, ModelSpec spec, String name, long seed) {
        Weights weights = Weights.zeros(spec.layout());
        Arrays.fill(weights.values(), 9f);
        kind.fill(weights.values(), weights.layout().slice(name), seed);
        return weights.slice(name);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(float[] values) {
        double mean = mean(values);
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
