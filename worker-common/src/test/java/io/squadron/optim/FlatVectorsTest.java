package io.squadron.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Threads change the time that an update takes, and nothing else. */
class FlatVectorsTest {
    private static final int LENGTH = 300_001;
    private static final int SAMPLES = 13;
    private static final List<ParameterGroup> GROUPS = List.of(
            new ParameterGroup(0, 100_000, 1, 1e-4),
            new ParameterGroup(100_003, 7, 0.5, 0),
            new ParameterGroup(100_010, 199_990, 1, 0));
    private static final List<Optimiser> OPTIMISERS =
            List.of(Sgd.plain(), Sgd.heavyBall(0.9), Sgd.nesterov(0.9), Adam.standard(), AdamW.standard());

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        for (Optimiser optimiser : OPTIMISERS) {
            float[] expected = train(optimiser, 1);
            for (int threads = 2; threads <= 4; threads++) {
                assertThat(train(optimiser, threads))
                        .as("%s on %d threads", optimiser, threads)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void dividingInTheUpdateIsDividingBeforeIt() {
        for (Optimiser optimiser : OPTIMISERS) {
            float[] weights = random(1);
            OptimiserState state = OptimiserState.fresh(optimiser, LENGTH);
            for (int step = 0; step < 3; step++) {
                float[] mean = random(10 + step);
                for (int i = 0; i < LENGTH; i++) {
                    mean[i] /= SAMPLES;
                }
                optimiser.update(weights, mean, state, GROUPS, 0.1);
            }
            assertThat(train(optimiser, 2, Clipping.none())).as("%s", optimiser).isEqualTo(weights);
        }
    }

    @Test
    void normIsThatOfTheGroups() {
        float[] gradient = random(4);
        double sum = 0;
        for (ParameterGroup group : GROUPS) {
            for (int i = group.offset(); i < group.end(); i++) {
                sum += (double) gradient[i] * gradient[i];
            }
        }
        try (FlatVectors vectors = new FlatVectors(GROUPS, 2)) {
            assertThat(vectors.norm(gradient)).isCloseTo(Math.sqrt(sum), within(1e-9 * Math.sqrt(sum)));
            gradient[100_001] = Float.NaN;
            assertThat(vectors.norm(gradient)).as("outside the groups").isFinite();
            gradient[299_999] = Float.NaN;
            assertThat(vectors.norm(gradient)).as("inside").isNaN();
        }
    }

    @Test
    void whatOneThreadThrowsIsThrown() {
        try (FlatVectors vectors = new FlatVectors(GROUPS, 2)) {
            Update broken = (weights, gradient, mean, stretch) -> {
                throw new IllegalArgumentException("no");
            };
            assertThatThrownBy(() -> vectors.apply(broken, new float[1], new float[1], Update.Mean.ITSELF))
                    .hasStackTraceContaining("no");
        }
    }

    private static float[] train(Optimiser optimiser, int threads) {
        return train(optimiser, threads, new Clipping(0.5));
    }

    /** Weights after three steps. */
    private static float[] train(Optimiser optimiser, int threads, Clipping clipping) {
        float[] weights = random(1);
        OptimiserState state = OptimiserState.fresh(optimiser, LENGTH);
        try (FlatVectors vectors = new FlatVectors(GROUPS, threads)) {
            for (int step = 0; step < 3; step++) {
                float[] gradient = random(10 + step);
                double norm = vectors.norm(gradient) / SAMPLES;
                Update.Mean mean = new Update.Mean(SAMPLES, (float) clipping.coefficient(norm));
                vectors.apply(optimiser.begin(state, 0.1), weights, gradient, mean);
            }
        }
        return weights;
    }

    private static float[] random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) random.nextDouble() - 0.5f;
        }
        return values;
    }
}
