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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each round as one Spark job, named after it. On a cluster a task takes as many cores as its replica computes with,
 * so that an executor of that many cores gets one replica; with a {@code local[n]} master all replicas are threads of this
 * JVM.
 *
 * <p>When an executor dies, Spark repeats the stage; when ranks lose each other otherwise, this runner repeats the job.
 * Either way the ranks go back to the state of the round's start, and the round ends with the bits that it would have had.
 * When executors are missing, it waits as its {@link Staffing} says.
 */
public final class SparkRoundRunner implements RoundRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SparkRoundRunner.class);
    private static final long LOOK_MILLIS = 100;

    private final JavaSparkContext spark;
    private final TrainingJob job;
    private final Staffing staffing;
    private final Broadcast<TrainingJob> broadcast;
    private final RoundProgress progress;
    private final Seats seats;
    private final Muster muster;
    private final StageWatch watch;

    /** A runner on {@code spark} that insists on all replicas, and tells {@code listener} of each step. */
    public SparkRoundRunner(JavaSparkContext spark, TrainingJob job, TrainingListener listener) {
        this(spark, job, Staffing.all(job.sync().replicas()), listener);
    }

    /** A runner on {@code spark}. */
    public SparkRoundRunner(JavaSparkContext spark, TrainingJob job, Staffing staffing, TrainingListener listener) {
        this.spark = spark;
        this.job = job;
        this.staffing = staffing;
        this.progress = new RoundProgress(listener);
        this.seats = new Seats(spark, job);
        this.muster = new Muster(staffing);
        this.watch = new StageWatch(group(), progress);
        this.broadcast = spark.broadcast(job);
        spark.sc().addSparkListener(watch);
        Observers.put(job.run(), progress);
    }

    @Override
    public RoundResult run(RoundTask task) {
        progress.begin(task.round(), task.startStep());
        for (int tries = 0; ; tries++) {
            List<RankOutcome> outcomes = attempt(task);
            Optional<String> missed = RoundResult.missedOthers(outcomes);
            if (missed.isEmpty() || tries == staffing.retries()) {
                return RoundResult.of(task.round(), outcomes);
            }
            LOG.warn(
                    "round {} begins again ({} of {} times): {}",
                    task.round(),
                    tries + 1,
                    staffing.retries(),
                    missed.get());
            progress.repeated(missed.get());
        }
    }

    /** Runs until all ranks have answered, with as many as there are seats for. */
    private List<RankOutcome> attempt(RoundTask task) {
        RoundJob round = new RoundJob(spark, seats, broadcast, task);
        while (true) {
            int size = awaitSeats(task);
            spark.setJobGroup(group(), description(task, size), false);
            try {
                Optional<List<RankOutcome>> outcomes = round.run(size, () -> hopeless(size), progress::requireTold);
                if (outcomes.isPresent()) {
                    return outcomes.get();
                }
            } finally {
                spark.clearJobGroup();
                Rolls.forget(job.run());
            }
            progress.repeated("executors were lost and did not come back within %d s"
                    .formatted(staffing.patience().toSeconds()));
        }
    }

    private int awaitSeats(RoundTask task) {
        boolean told = false;
        while (true) {
            Muster.Decision decision = muster.decide(seats.count(), System.nanoTime());
            if (decision instanceof Muster.Decision.Go go) {
                if (go.ranks() < staffing.replicas()) {
                    LOG.warn("round {} runs on {} of {} replicas", task.round(), go.ranks(), staffing.replicas());
                }
                return go.ranks();
            }
            if (decision instanceof Muster.Decision.TooFew) {
                throw seats.tooFew(staffing);
            }
            if (!told) {
                LOG.info(
                        "round {} waits up to {} s for executors: there is room for {} of {} replicas",
                        task.round(),
                        staffing.patience().toSeconds(),
                        seats.count(),
                        staffing.replicas());
                told = true;
            }
            pause();
        }
    }

    /** Whether a stage of {@code size} ranks that does not run has waited long enough for its executors. */
    private boolean hopeless(int size) {
        return !(muster.decide(Math.min(size, seats.count()), System.nanoTime()) instanceof Muster.Decision.Wait)
                && seats.count() < size;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.replica("Cannot wait for executors: the driver was interrupted")
                    .causedBy(interrupted);
        }
    }

    private String group() {
        return "squadron " + job.run();
    }

    private static String description(RoundTask task, int size) {
        String steps = task.steps().isEmpty()
                ? "no steps"
                : "epoch %d, steps %d to %d"
                        .formatted(task.steps().get(0).epoch(), task.startStep(), task.endStep() - 1);
        return "squadron round %d: %s on %d replicas".formatted(task.round(), steps, size);
    }

    @Override
    public void close() {
        Observers.remove(job.run());
        spark.sc().removeSparkListener(watch);
        broadcast.destroy();
        ReplicaHome.shared().close(job.run());
    }
}
