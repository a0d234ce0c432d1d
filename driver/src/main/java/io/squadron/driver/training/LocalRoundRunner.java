package io.squadron.driver.training;

import io.squadron.collective.Collective;
import io.squadron.collective.InProcess;
import io.squadron.failure.Failure;
import io.squadron.replica.RankOutcome;
import io.squadron.replica.ReplicaHome;
import io.squadron.replica.ReplicaRound;
import io.squadron.replica.RoundTask;
import io.squadron.replica.TrainingJob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs all replicas as threads of this JVM, without Spark: the oracle that the other runner is held against. */
public final class LocalRoundRunner implements RoundRunner {
    private final TrainingJob job;
    private final ReplicaHome home = new ReplicaHome();
    private final RoundProgress progress;
    private final ExecutorService threads;

    /** @param listener told of each step */
    public LocalRoundRunner(TrainingJob job, TrainingListener listener) {
        this.job = job;
        this.progress = new RoundProgress(listener);
        this.threads = Executors.newFixedThreadPool(job.sync().replicas(), task -> {
            Thread thread = new Thread(task, "squadron-replica");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public RoundResult run(RoundTask task) {
        progress.begin(task.round(), task.startStep());
        List<Future<RankOutcome>> running = new ArrayList<>();
        for (Collective collective :
                InProcess.group(job.sync().replicas(), job.sync().deadline())) {
            running.add(threads.submit(() -> ReplicaRound.run(job, task, home, collective, progress)));
        }
        List<RankOutcome> outcomes = new ArrayList<>();
        for (Future<RankOutcome> each : running) {
            outcomes.add(outcome(each));
        }
        return RoundResult.of(task.round(), outcomes);
    }

    private static RankOutcome outcome(Future<RankOutcome> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.replica("Cannot wait for the round: the driver was interrupted")
                    .causedBy(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A replica broke", e.getCause());
        }
    }

    /** Forgets what the replicas hold, as if their executors had died between two rounds. */
    public void loseReplicas() {
        home.close(job.run());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        home.close(job.run());
    }
}
