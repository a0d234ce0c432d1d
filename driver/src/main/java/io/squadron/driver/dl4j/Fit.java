package io.squadron.driver.dl4j;

import io.squadron.driver.spark.Slots;
import io.squadron.failure.Failure;
import java.util.Collection;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag$;

/**
 * One pass over the data: rounds, each a barrier stage of one task per worker. As in {@code driver.spark}, the stage feeds a
 * shuffle, because Spark tries a barrier stage again only if it is a shuffle-map stage; a round tried again begins with the
 * same state.
 */
final class Fit {
    private static final Logger LOG = LoggerFactory.getLogger(Fit.class);

    private final Trainee trainee;
    private final Settings settings;
    private final List<TrainingHook> hooks;
    private final Collection<TrainingListener> listeners;

    Fit(Trainee trainee, Settings settings, List<TrainingHook> hooks, Collection<TrainingListener> listeners) {
        this.trainee = trainee;
        this.settings = settings;
        this.hooks = List.copyOf(hooks);
        this.listeners = List.copyOf(listeners);
    }

    /** Trains on {@code parts}, one partition per worker. */
    void run(JavaRDD<MultiDataSet> parts) {
        requireSlots(parts.getNumPartitions());
        Trainee.require(trainee.graph());
        String configuration = trainee.graph().getConfiguration().toJson();
        String run = "dl4j fit of " + trainee.spark().sc().applicationId() + " epoch "
                + trainee.state().epoch();
        int skip = 0;
        RankResult.Data data = RankResult.Data.LEFT;
        for (int round = 0; data == RankResult.Data.LEFT; round++) {
            RoundTask task = new RoundTask(run, round, configuration, skip, settings, hooks);
            List<RankResult> results = round(task, parts);
            conclude(task, results);
            skip += results.get(0).steps();
            data = results.get(0).data();
        }
        if (skip == 0) {
            LOG.warn("A fit found no data: the network stays as it is");
        }
    }

    private List<RankResult> round(RoundTask task, JavaRDD<MultiDataSet> parts) {
        JavaSparkContext spark = trainee.spark();
        NetworkState state = trainee.state();
        Broadcast<float[]> values = spark.broadcast(state.values());
        NetworkState bare = new NetworkState(new float[0], state.parameters(), state.iteration(), state.epoch());
        spark.setJobDescription("squadron dl4j epoch %d round %d: from iteration %d on, %d workers"
                .formatted(state.epoch(), task.round(), state.iteration(), parts.getNumPartitions()));
        try {
            return RankReport.results(parts.rdd()
                    .barrier()
                    .mapPartitions(
                            new RoundFunction(task, bare, values), false, ClassTag$.MODULE$.<byte[]>apply(byte[].class))
                    .toJavaRDD()
                    .repartition(1)
                    .collect());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw translated(task, e);
        } finally {
            spark.setJobDescription(null);
            values.destroy();
        }
    }

    /** Spark's checked exceptions come through Scala undeclared. */
    private static RuntimeException translated(RoundTask task, Exception thrown) {
        if (thrown instanceof SparkException) {
            return Failure.replica(
                            "Cannot train round %d: Spark gave it up (%s). Look at the executors' logs",
                            task.round(), thrown.getMessage())
                    .causedBy(thrown);
        }
        return new IllegalStateException("Round " + task.round() + " broke", thrown);
    }

    private void conclude(RoundTask task, List<RankResult> results) {
        RankResult first = results.get(0);
        double score = 0;
        int scored = 0;
        for (RankResult result : results) {
            if (result.hash() != first.hash() || result.steps() != first.steps()) {
                throw Failure.numeric(
                        "Cannot go on after round %d: worker %d ends with another state than worker 0. The network on the "
                                + "driver is that of the round's start",
                        task.round(), result.rank());
            }
            score += result.score();
            scored += result.scored();
        }
        if (first.steps() == 0) {
            return;
        }
        NetworkState end = first.state();
        trainee.accept(end, score / scored);
        LOG.info("Round {}: iteration {}, score {}", task.round(), end.iteration(), score / scored);
        listeners.forEach(each -> each.iterationDone(trainee.model(), end.iteration() - 1, end.epoch()));
    }

    private void requireSlots(int workers) {
        int slots = Slots.of(trainee.spark().master());
        if (workers > slots) {
            throw Failure.resources(
                    "Cannot train with %d workers at once: %s has %d slots. Ask for %d workers, or start with --master "
                            + "local[%d]",
                    workers, trainee.spark().master(), slots, slots, workers);
        }
    }
}
