package io.squadron.driver.spark;

import io.squadron.driver.training.RoundProgress;
import io.squadron.driver.training.RoundResult;
import io.squadron.driver.training.RoundRunner;
import io.squadron.driver.training.TrainingListener;
import io.squadron.failure.Failure;
import io.squadron.replica.RankOutcome;
import io.squadron.replica.ReplicaHome;
import io.squadron.replica.RoundTask;
import io.squadron.replica.TrainingJob;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import scala.reflect.ClassTag$;

/**
 * Runs a round as one barrier stage of one task per replica. The stage feeds a shuffle, and so is a shuffle-map stage:
 * Spark aborts a job whose barrier result stage loses a task, but retries a barrier shuffle-map stage. One Spark job a
 * round, named after it.
 *
 * <p>On a cluster each task takes as many cores as its replica computes with, so that an executor of that many cores gets one
 * replica. With a {@code local[n]} master all replicas are threads of this JVM.
 */
public final class SparkRoundRunner implements RoundRunner {
    private final JavaSparkContext spark;
    private final TrainingJob job;
    private final Broadcast<TrainingJob> broadcast;
    private final RoundProgress progress;

    /**
     * A runner on {@code spark}.
     *
     * @param listener told of each step, where the tasks run in this JVM
     */
    public SparkRoundRunner(JavaSparkContext spark, TrainingJob job, TrainingListener listener) {
        this.spark = spark;
        this.progress = new RoundProgress(listener);
        this.job = job;
        Slots.require(spark, job.sync().replicas());
        this.broadcast = spark.broadcast(job);
        Observers.put(job.run(), progress);
    }

    @Override
    public RoundResult run(RoundTask task) {
        int replicas = job.sync().replicas();
        spark.setJobDescription(description(task));
        progress.begin(task.round());
        try {
            JavaRDD<Integer> ranks =
                    spark.parallelize(IntStream.range(0, replicas).boxed().toList(), replicas);
            List<RankOutcome> outcomes = sized(ranks.rdd())
                    .barrier()
                    .mapPartitions(
                            new RankFunction(broadcast, task),
                            false,
                            ClassTag$.MODULE$.<RankOutcome>apply(RankOutcome.class))
                    .toJavaRDD()
                    .repartition(1)
                    .collect();
            return RoundResult.of(task.round(), outcomes);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw translated(task, e);
        } finally {
            spark.setJobDescription(null);
        }
    }

    /** On a cluster, with as many cores for each task as its replica computes with. */
    private RDD<Integer> sized(RDD<Integer> ranks) {
        if (Slots.local(spark.master())) {
            return ranks;
        }
        TaskResourceRequests cores =
                new TaskResourceRequests().cpus(job.placement().compute().threads());
        return ranks.withResources(new ResourceProfileBuilder().require(cores).build());
    }

    /** Spark's checked exceptions come through Scala undeclared. */
    private static RuntimeException translated(RoundTask task, Exception thrown) {
        if (thrown instanceof SparkException) {
            return Failure.replica(
                            "Cannot run round %d (steps %d to %d): Spark gave it up (%s). "
                                    + "Look at the executors' logs; then go on with --resume",
                            task.round(), task.startStep(), task.endStep() - 1, thrown.getMessage())
                    .causedBy(thrown);
        }
        return new IllegalStateException("Round " + task.round() + " broke", thrown);
    }

    private String description(RoundTask task) {
        String steps = task.steps().isEmpty()
                ? "no steps"
                : "epoch %d, steps %d to %d"
                        .formatted(task.steps().get(0).epoch(), task.startStep(), task.endStep() - 1);
        return "squadron round %d: %s on %d replicas"
                .formatted(task.round(), steps, job.sync().replicas());
    }

    @Override
    public void close() {
        Observers.remove(job.run());
        broadcast.destroy();
        ReplicaHome.shared().close(job.run());
    }
}
