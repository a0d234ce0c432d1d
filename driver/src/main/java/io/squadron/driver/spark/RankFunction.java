package io.squadron.driver.spark;

import io.squadron.collective.Collective;
import io.squadron.failure.Failure;
import io.squadron.replica.RankOutcome;
import io.squadron.replica.ReplicaHome;
import io.squadron.replica.ReplicaRound;
import io.squadron.replica.RoundTask;
import io.squadron.replica.StepObserver;
import io.squadron.replica.TrainingJob;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** What one barrier task does: find the others, run the round, hand back the outcome. */
final class RankFunction extends AbstractFunction1<Iterator<Integer>, Iterator<RankOutcome>> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<TrainingJob> job;
    private final RoundTask task;
    private final int size;

    /** @param size ranks that the round is for */
    RankFunction(Broadcast<TrainingJob> job, RoundTask task, int size) {
        this.job = job;
        this.task = task;
        this.size = size;
    }

    @Override
    public Iterator<RankOutcome> apply(Iterator<Integer> ranks) {
        return JavaConverters.asScalaIteratorConverter(List.of(run()).iterator())
                .asScala();
    }

    private RankOutcome run() {
        BarrierTaskContext context = BarrierTaskContext.get();
        requireAll(context);
        TrainingJob shared = job.value();
        RankGroup group =
                new RankGroup(shared.run(), task.round(), shared.sync().deadline());
        Collective collective;
        try {
            collective = group.join(context);
        } catch (Failure failed) {
            RankOutcome.Cause cause = new RankOutcome.Cause(failed.kind(), failed.getMessage(), "");
            return new RankOutcome.Failed(context.partitionId(), cause);
        }
        return ReplicaRound.run(shared, task, ReplicaHome.shared(), collective, observer(shared.run()));
    }

    /**
     * A result that arrives while Spark gives a stage up may count for its repetition, which then lacks that rank. Throwing
     * makes Spark give this one up as well, and begin again with all.
     */
    private void requireAll(BarrierTaskContext context) {
        int found = context.getTaskInfos().length;
        if (found != size) {
            throw new IllegalStateException(
                    "Cannot run round %d in attempt %d of its stage: it has %d ranks (expected %d)"
                            .formatted(task.round(), context.stageAttemptNumber(), found, size));
        }
    }

    private StepObserver observer(String run) {
        Optional<StepObserver> here = Observers.of(run).map(StepObserver.class::cast);
        return here.orElseGet(() ->
                Link.current().map(link -> link.observer(run, task.endStep())).orElse(StepObserver.none()));
    }
}
