package io.squadron.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.testing.MemorySamples;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingSamplesTest {
    /** 40 of the training split, 10 of each class. */
    private static final DatasetIndex INDEX = new MemorySamples(40, 8, 4, 8, 1).index();

    private static int[] chosen(int perClass, long seed) {
        return TrainingSamples.of(INDEX, perClass, seed);
    }

    @Test
    void zeroTakesAllAndSoDoesMoreThanThereAre() {
        assertThat(chosen(0, 7)).as("all").isEqualTo(INDEX.positions(Split.TRAIN));
        assertThat(chosen(11, 7)).as("more than there are").isEqualTo(INDEX.positions(Split.TRAIN));
    }

    @Test
    void eachClassHasAsMany() {
        for (int label = 0; label < 4; label++) {
            int wanted = label;
            assertThat(Arrays.stream(chosen(3, 7)).filter(each -> INDEX.labels()[each] == wanted))
                    .as("class %d", label)
                    .hasSize(3);
        }
        assertThat(chosen(3, 7)).as("positions ascend").isSorted();
        assertThat(chosen(3, 7)[11]).as("all are of the training split").isLessThan(40);
    }

    @Test
    void largerSetsHoldTheSmallerOnes() {
        for (int perClass = 1; perClass < 10; perClass++) {
            Integer[] smaller = IntStream.of(chosen(perClass, 7)).boxed().toArray(Integer[]::new);
            assertThat(chosen(perClass + 1, 7)).as("%d and one more", perClass).contains(smaller);
        }
    }

    @Test
    void anotherSeedChoosesOthers() {
        assertThat(chosen(3, 8)).as("seed 8").isNotEqualTo(chosen(3, 7));
        assertThatThrownBy(() -> new Sampling(Sampling.Draw.EACH_ONCE, 1, Mixing.NONE, -1))
                .hasMessageContaining("Cannot train on -1 samples of each class");
    }
}
