package io.squadron.driver.spark;

import io.squadron.failure.Failure;
import io.squadron.replica.RankOutcome;
import io.squadron.replica.RoundTask;
import io.squadron.replica.TrainingJob;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag$;

/**
 * One Spark job: one barrier stage, one task per rank, and a small stage that brings the outcomes to the driver. For the
 * sake of the latter Spark takes the first for the map side of a shuffle, and repeats it when a task is lost; the job of a
 * barrier stage that ends in results it would give up.
 */
record RoundJob(JavaSparkContext spark, Seats seats, Broadcast<TrainingJob> job, RoundTask task) {
    private static final long LOOK_MILLIS = 250;

    /**
     * Runs the round on {@code size} ranks.
     *
     * @param hopeless asked now and then while no task runs; ends the waiting
     * @param check called now and then; what it throws ends the job
     * @return empty if it was hopeless
     */
    Optional<List<RankOutcome>> run(int size, BooleanSupplier hopeless, Runnable check) {
        JavaFutureAction<List<RankOutcome>> outcomes = submit(size);
        boolean over = false;
        try {
            while (true) {
                check.run();
                try {
                    List<RankOutcome> all = outcomes.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    over = true;
                    return Optional.of(all);
                } catch (TimeoutException notYet) {
                    if (!underWay(outcomes) && hopeless.getAsBoolean()) {
                        return Optional.empty();
                    }
                }
            }
        } catch (ExecutionException | CancellationException failed) {
            over = true;
            throw translated(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.replica("Cannot wait for round %d: the driver was interrupted", task.round())
                    .causedBy(interrupted);
        } finally {
            if (!over) {
                outcomes.cancel(true);
            }
        }
    }

    private JavaFutureAction<List<RankOutcome>> submit(int size) {
        JavaRDD<Integer> ranks =
                spark.parallelize(IntStream.range(0, size).boxed().toList(), size);
        return seats.seated(ranks.rdd())
                .barrier()
                .mapPartitions(
                        new RankFunction(job, task, size),
                        false,
                        ClassTag$.MODULE$.<RankOutcome>apply(RankOutcome.class))
                .toJavaRDD()
                .repartition(1)
                .collectAsync();
    }

    /** Whether a task of the job runs. */
    private boolean underWay(JavaFutureAction<?> action) {
        for (int job : action.jobIds()) {
            var info = spark.statusTracker().getJobInfo(job);
            if (info == null) {
                continue;
            }
            for (int stage : info.stageIds()) {
                SparkStageInfo found = spark.statusTracker().getStageInfo(stage);
                if (found != null && found.numActiveTasks() > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private RuntimeException translated(Exception failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        if (cause instanceof SparkException || cause instanceof CancellationException) {
            return Failure.replica(
                            "Cannot run round %d (steps %d to %d): Spark gave it up (%s). "
                                    + "Look at the executors' logs; then go on with --resume",
                            task.round(), task.startStep(), task.endStep() - 1, cause.getMessage())
                    .causedBy(cause);
        }
        return new IllegalStateException("Round " + task.round() + " broke", cause);
    }
}
