package io.squadron.driver.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.driver.experiment.Repetition.Side;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private static final Map<String, Double> METRICS = Map.of("accuracy", 0.9);

    @Test
    void equalSidesAreTheSameBitForBit() {
        Repetition same = new Repetition(side(2.0, 1.0, "abc"), side(2.0, 1.0, "abc"));

        assertThat(same.exact()).isTrue();
        assertThat(same.words()).contains("Bit for bit", "losses of 2 steps");
    }

    @Test
    void theFirstLossThatDiffersInItsLastBitIsNamed() {
        Repetition departed = new Repetition(side(2.0, 1.0, "abc"), side(2.0, Math.nextUp(1.0), "abd"));

        assertThat(departed.exact()).isFalse();
        assertThat(departed.departure()).contains(11L);
        assertThat(departed.words()).contains("departs at step 11", "2.2e-16 apart");
    }

    @Test
    void equalLossesWithOtherWeightsAreNotTheSame() {
        assertThat(new Repetition(side(2.0, 1.0, "abc"), side(2.0, 1.0, "abd")).words())
                .contains("after the last loss");
        assertThat(new Repetition(new Side(new TreeMap<>(), "abc", METRICS), new Side(new TreeMap<>(), "abc", Map.of()))
                        .words())
                .contains("no losses were kept");
    }

    private static Side side(double first, double second, String weights) {
        return new Side(new TreeMap<>(Map.of(10L, first, 11L, second)), weights, METRICS);
    }
}
