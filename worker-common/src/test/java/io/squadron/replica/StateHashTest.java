package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.parallel.Crew;
import io.squadron.random.RandomStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateHashTest {
    private static final int LONG = 3 * StateHash.CHUNK + 13;

    @Test
    void everyOtherBitGivesAnotherHash() {
        float[] values = values(21, 1);
        Set<Long> hashes = new HashSet<>(List.of(StateHash.of(values, 0, values.length)));
        for (int i = 0; i < values.length; i++) {
            for (int bit = 0; bit < 32; bit++) {
                float[] other = values.clone();
                other[i] = Float.intBitsToFloat(Float.floatToRawIntBits(other[i]) ^ (1 << bit));
                hashes.add(StateHash.of(other, 0, other.length));
            }
        }
        // Signalling NaNs may become quiet ones on the way through a float register: none arises here.
        assertThat(hashes).as("hashes of %d states", 1 + 21 * 32).hasSize(1 + 21 * 32);
    }

    @Test
    void valuesInAnotherOrderHaveAnotherHash() {
        float[] values = values(64, 2);
        long hash = StateHash.of(values, 0, values.length);
        for (int i = 1; i < values.length; i++) {
            float[] swapped = values.clone();
            swapped[0] = values[i];
            swapped[i] = values[0];
            assertThat(StateHash.of(swapped, 0, swapped.length))
                    .as("hash with elements 0 and %d exchanged", i)
                    .isNotEqualTo(hash);
        }
    }

    @Test
    void threadsDoNotMatterAndEverythingElseDoes() {
        List<float[]> state = List.of(values(LONG, 3), values(LONG, 4));
        try (Crew one = new Crew(1, "hash");
                Crew three = new Crew(3, "hash")) {
            long hash = StateHash.of(7, state, one);
            assertThat(StateHash.of(7, state, three)).as("by three threads").isEqualTo(hash);
            assertThat(StateHash.of(8, state, three)).as("after another update").isNotEqualTo(hash);
            assertThat(StateHash.of(7, List.of(state.get(1), state.get(0)), three))
                    .as("vectors exchanged")
                    .isNotEqualTo(hash);
            state.get(1)[LONG - 1] += 1;
            assertThat(StateHash.of(7, state, three)).as("last element changed").isNotEqualTo(hash);
        }
    }

    private static float[] values(int length, long seed) {
        RandomStream random = RandomStream.of(seed, "values");
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.between(-1, 1);
        }
        return values;
    }
}
