package io.squadron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.model.Architectures;
import io.squadron.model.Freeze;
import io.squadron.model.Layer;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {
    private static final ModelSpec ALEXNET = Architectures.build("alexnet", ModelOptions.of(new Shape(3, 64, 64), 10));

    @ParameterizedTest
    @ValueSource(floats = {0.2f, 0.5f, 0.7f})
    void keepsTheRightShareAndItsMean(float drop) {
        int count = 1_000_000;
        float[] factors = new float[count];
        new DropoutMask(1, "dropout test", drop).draw(Batch.Place.START, 0, factors, 0, count);
        int dropped = 0;
        for (float factor : factors) {
            assertThat(factor == 0 || Math.abs(factor * (1 - drop) - 1) < 1e-6)
                    .as("factor %s", factor)
                    .isTrue();
            dropped += factor == 0 ? 1 : 0;
        }
        // Four standard errors.
        assertThat((double) dropped / count).as("dropped").isCloseTo(drop, within(4 * Math.sqrt(0.25 / count)));
    }

    @Test
    void aMaskIsAFunctionOfSeedNodeStepAndSampleAlone() {
        float[] one = drawn(new DropoutMask(1, "dropout a", 0.5f), new Batch.Place(7, 4), 2);
        assertThat(drawn(new DropoutMask(1, "dropout a", 0.5f), new Batch.Place(7, 0), 6))
                .isEqualTo(one);
        assertThat(drawn(new DropoutMask(1, "dropout a", 0.5f), new Batch.Place(7, 4), 3))
                .isNotEqualTo(one);
        assertThat(drawn(new DropoutMask(1, "dropout a", 0.5f), new Batch.Place(8, 4), 2))
                .isNotEqualTo(one);
        assertThat(drawn(new DropoutMask(1, "dropout b", 0.5f), new Batch.Place(7, 4), 2))
                .isNotEqualTo(one);
        assertThat(drawn(new DropoutMask(2, "dropout a", 0.5f), new Batch.Place(7, 4), 2))
                .isNotEqualTo(one);
    }

    @Test
    void dropoutIsOffOnlyWhereAllThatLiesAboveIsFrozen() {
        Set<String> both = Set.of("classifier.0", "classifier.3");
        assertThat(DropoutMask.acting(ALEXNET, Freeze.none()))
                .as("nothing frozen")
                .isEqualTo(both);
        assertThat(DropoutMask.acting(ALEXNET, Freeze.below(ALEXNET, 7)))
                .as("body frozen")
                .isEqualTo(both);
        Freeze top = Freeze.named(ALEXNET, List.of("classifier.4", "classifier.6"));
        assertThat(DropoutMask.acting(ALEXNET, top)).as("top frozen").containsExactly("classifier.0");
        assertThat(DropoutMask.acting(ALEXNET, Freeze.named(ALEXNET, List.of("classifier"))))
                .as("classifier frozen")
                .isEmpty();
        assertThat(DropoutMask.acting(TestedModels.withoutDropout(ALEXNET), Freeze.none()))
                .as("nothing dropped")
                .isEmpty();
    }

    @Test
    void everythingCannotBeDropped() {
        assertThatThrownBy(() -> new Layer.Dropout(1)).hasMessageContaining("expected 0 <= share < 1");
    }

    private static float[] drawn(DropoutMask mask, Batch.Place place, int sample) {
        float[] factors = new float[101];
        mask.draw(place, sample, factors, 1, 100);
        return factors;
    }
}
