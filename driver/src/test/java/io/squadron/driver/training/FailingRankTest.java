package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.squadron.dataset.SampleOrder;
import io.squadron.dataset.Share;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.spark.LocalSpark;
import io.squadron.driver.spark.SparkRoundRunner;
import io.squadron.failure.Failure;
import io.squadron.replica.Origin;
import io.squadron.replica.TrainingJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When one rank cannot go on, the run ends soon and says why that rank could not, not that another one waited. */
class FailingRankTest {
    private static final int SAMPLES = 22;
    private static final int BATCH = 6;
    /** Steps 4 and on belong to the second epoch; the last sample of a global batch is read by the last rank. */
    private static final int BROKEN_STEP = 2;

    @TempDir
    private Path directory;

    private enum Runner {
        THREADS {
            @Override
            RoundRunner of(TrainingJob job) {
                return new LocalRoundRunner(job, event -> {});
            }
        },
        SPARK {
            @Override
            RoundRunner of(TrainingJob job) {
                return new SparkRoundRunner(LocalSpark.context(), job, event -> {});
            }
        };

        abstract RoundRunner of(TrainingJob job);
    }

    @ParameterizedTest
    @EnumSource
    void theFailureOfTheRankSurfacesAndTheNextRunWorks(Runner kind) {
        TrainingRig rig = rig("failure");
        Throwable thrown = failed(rig, kind, BrokenSamples.Breakage.FAILURE);

        assertThat(thrown)
                .isInstanceOf(Failure.class)
                .hasMessage("Cannot read sample %d: it is damaged (round 1, rank 1)", broken(rig));
        assertThat(((Failure) thrown).kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(rig.store().latest())
                .as("checkpoint of the round that failed")
                .isInstanceOf(LatestCheckpoint.NoCheckpoint.class);

        List<Double> again = train(rig, kind, rig.job());
        TrainingRig quiet = rig("quiet");
        assertThat(again).as("losses of the next run").isEqualTo(train(quiet, kind, quiet.job()));
    }

    @ParameterizedTest
    @EnumSource
    void aBugInARankSurfacesWithItsTrace(Runner kind) {
        assertThat(failed(rig("bug"), kind, BrokenSamples.Breakage.BUG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Rank 1 broke in round 1")
                .hasMessageContaining("no such case")
                .hasMessageContaining("BrokenSamples");
    }

    private TrainingRig rig(String name) {
        return TrainingRig.exact(directory.resolve(name).toString(), 2, SAMPLES, BATCH, 1);
    }

    private static Throwable failed(TrainingRig rig, Runner kind, BrokenSamples.Breakage breakage) {
        TrainingJob job = Jobs.fedBy(new BrokenSamples(rig.samples(), broken(rig), breakage), rig.job());
        long began = System.nanoTime();
        Throwable thrown = catchThrowable(() -> train(rig, kind, job));
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("time until the failure surfaced")
                .isLessThan(job.sync().deadline().dividedBy(2));
        return thrown;
    }

    /** The last sample of the step, which the last rank reads. */
    private static int broken(TrainingRig rig) {
        long end = (BROKEN_STEP + 1) * (long) BATCH;
        return SampleOrder.of(rig.job().feeding().seed(), 0, SAMPLES).of(new Share(end - 1, end))[0];
    }

    private static List<Double> train(TrainingRig rig, Runner kind, TrainingJob job) {
        try (LossRecorder recorder = new LossRecorder(kind.of(job))) {
            rig.loop(recorder, new Origin.Fresh()).run(rig.summary(0));
            return recorder.losses();
        }
    }
}
