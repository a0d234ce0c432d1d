package io.squadron.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.failure.Failure;
import io.squadron.image.Image;
import io.squadron.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixingTest {
    private static final Image DARK = filled(20, 30, 10);
    private static final Image LIGHT = filled(20, 30, 250);

    private static Image filled(int height, int width, int level) {
        byte[] pixels = new byte[height * width * 3];
        Arrays.fill(pixels, (byte) level);
        return new Image(height, width, pixels);
    }

    private static RandomStream stream(int number) {
        return RandomStream.of(1, "mix", number);
    }

    private static double mean(Image image) {
        double sum = 0;
        for (byte value : image.pixels()) {
            sum += value & 0xFF;
        }
        return sum / image.pixels().length;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.4, 1, 3})
    void sharesFollowTheBetaDistribution(double alpha) {
        Mixing mixing = new Mixing(alpha, 0, 1);
        int draws = 20_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double share =
                    mixing.apply(filled(1, 1, 0), filled(1, 1, 9), stream(i)).share();
            sum += share;
            squares += (share - 0.5) * (share - 0.5);
        }
        // Beta(a, a): mean 1/2, variance 1 / (4 (2a + 1)).
        assertThat(sum / draws).as("mean").isCloseTo(0.5, within(0.012));
        assertThat(squares / draws).as("variance").isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.006));
    }

    @Test
    void mixupAddsTheImagesByTheShareOfTheLabels() {
        for (int i = 0; i < 50; i++) {
            Mixing.Mixed mixed = new Mixing(0.8, 0, 1).apply(DARK, LIGHT, stream(i));
            double expected = mixed.share() * 10 + (1 - mixed.share()) * 250;
            assertThat(mean(mixed.image())).as("mean of mixture %d", i).isCloseTo(expected, within(0.51));
        }
    }

    @Test
    void cutmixCountsLabelsByTheAreaThatIsLeft() {
        for (int i = 0; i < 200; i++) {
            Mixing.Mixed mixed = new Mixing(0, 1, 1).apply(DARK, LIGHT, stream(i));
            double expected = mixed.share() * 10 + (1 - mixed.share()) * 250;
            assertThat(mean(mixed.image())).as("mean of mixture %d", i).isCloseTo(expected, within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.6})
    void whatOneTakesOfItsMateTheMateTakesOfIt(double cutmix) {
        Mixing mixing = new Mixing(0.6, cutmix, 1);
        for (int i = 0; i < 50; i++) {
            Mixing.Mixed one = mixing.apply(DARK, LIGHT, stream(i));
            Mixing.Mixed other = mixing.apply(LIGHT, DARK, stream(i));
            assertThat(other.share()).as("share of mixture %d", i).isEqualTo(one.share());
            for (int at = 0; at < DARK.pixels().length; at++) {
                int sum = (one.image().pixels()[at] & 0xFF) + (other.image().pixels()[at] & 0xFF);
                assertThat(sum).as("value %d of both in mixture %d", at, i).isBetween(259, 261);
            }
        }
    }

    @Test
    void withHalfTheProbabilityHalfOfThePairsStayAsTheyAre() {
        // Shares drawn from Beta(3, 3) are never 1.
        Mixing mixing = new Mixing(3, 0, 0.5);
        int whole = 0;
        for (int i = 0; i < 4000; i++) {
            whole += mixing.apply(DARK, LIGHT, stream(i)).share() == 1 ? 1 : 0;
        }
        assertThat(whole / 4000.0).as("unmixed").isCloseTo(0.5, within(0.03));
    }

    @Test
    void anAlphaThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Mixing(-1, 0, 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("mixup alpha -1.0")
                .hasMessageContaining("expected 0 to");
    }
}
