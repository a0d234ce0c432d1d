package io.squadron.driver.spark;

import io.squadron.collective.Collective;
import io.squadron.collective.InProcess;
import io.squadron.failure.Failure;
import io.squadron.replica.RankOutcome;
import io.squadron.replica.ReplicaHome;
import io.squadron.replica.ReplicaRound;
import io.squadron.replica.RoundTask;
import io.squadron.replica.TrainingJob;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** What one barrier task does: find the others, run the round, hand back the outcome. */
final class RankFunction extends AbstractFunction1<Iterator<Integer>, Iterator<RankOutcome>> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<TrainingJob> job;
    private final RoundTask task;

    RankFunction(Broadcast<TrainingJob> job, RoundTask task) {
        this.job = job;
        this.task = task;
    }

    @Override
    public Iterator<RankOutcome> apply(Iterator<Integer> ranks) {
        return JavaConverters.asScalaIteratorConverter(List.of(run()).iterator())
                .asScala();
    }

    private RankOutcome run() {
        BarrierTaskContext context = BarrierTaskContext.get();
        int rank = context.partitionId();
        BarrierTaskInfo[] tasks = context.getTaskInfos();
        long executors =
                Arrays.stream(tasks).map(BarrierTaskInfo::address).distinct().count();
        if (executors > 1) {
            String message =
                    "Cannot run %d replicas in %d executor processes (expected one). Start with a local[n] master"
                            .formatted(tasks.length, executors);
            return new RankOutcome.Failed(rank, new RankOutcome.Cause(Failure.Kind.RESOURCES, message, ""));
        }
        TrainingJob shared = job.value();
        String meeting = "%s round %d stage %d attempt %d"
                .formatted(shared.run(), task.round(), context.stageId(), context.stageAttemptNumber());
        Collective collective =
                InProcess.join(meeting, rank, tasks.length, shared.sync().deadline());
        return ReplicaRound.run(shared, task, ReplicaHome.shared(), collective, Observers.of(shared.run()));
    }
}
