package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.driver.spark.LocalSpark;
import io.squadron.driver.spark.SparkRoundRunner;
import io.squadron.replica.Origin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that synchronise exactly train like one replica with the whole batch. */
class ReplicaEqualityTest {
    // 46 samples in batches of 12: three full ones and one of 10, which 3 and 4 replicas cannot split evenly.
    private static final int SAMPLES = 46;
    private static final int BATCH = 12;
    private static final int EPOCHS = 5;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"2, dl4j", "3, dl4j", "4, dl4j", "2, onednn", "3, onednn", "4, onednn"})
    void replicasTrainLikeOneWithTheWholeBatch(int replicas, String engine) {
        List<Double> alone = losses(1, engine);
        List<Double> together = losses(replicas, engine);

        assertThat(together).hasSize(20);
        for (int step = 0; step < 20; step++) {
            assertThat(together.get(step))
                    .as("loss of step %d with %d replicas", step, replicas)
                    .isCloseTo(alone.get(step), within(1e-4 * alone.get(step)));
        }
        assertThat(alone.get(19)).as("it learns").isLessThan(alone.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "onednn"})
    void threadsAndSparkGiveTheSameBits(String engine) {
        TrainingRig rig = TrainingRig.exact(directory.resolve("threads").toString(), 2, SAMPLES, BATCH, 2)
                .by(engine);
        LossRecorder threads = train(rig, new LocalRoundRunner(rig.job(), event -> {}));

        TrainingRig other = TrainingRig.exact(directory.resolve("spark").toString(), 2, SAMPLES, BATCH, 2)
                .by(engine);
        LossRecorder spark = train(other, new SparkRoundRunner(LocalSpark.context(), other.job(), event -> {}));

        assertThat(spark.hashes()).isEqualTo(threads.hashes());
        assertThat(spark.losses()).isEqualTo(threads.losses());
    }

    private List<Double> losses(int replicas, String engine) {
        TrainingRig rig = TrainingRig.exact(
                        directory.resolve("r" + replicas).toString(), replicas, SAMPLES, BATCH, EPOCHS)
                .by(engine);
        return train(rig, new LocalRoundRunner(rig.job(), event -> {})).losses();
    }

    private static LossRecorder train(TrainingRig rig, RoundRunner runner) {
        try (LossRecorder recorder = new LossRecorder(runner)) {
            rig.loop(recorder, new Origin.Fresh()).run(rig.summary(0));
            return recorder;
        }
    }
}
