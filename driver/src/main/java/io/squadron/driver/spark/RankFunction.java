package io.squadron.driver.spark;

import io.squadron.collective.Collective;
import io.squadron.failure.Failure;
import io.squadron.replica.RankOutcome;
import io.squadron.replica.ReplicaHome;
import io.squadron.replica.ReplicaRound;
import io.squadron.replica.RoundTask;
import io.squadron.replica.TrainingJob;
import java.io.Serializable;
import java.util.List;
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
        return ReplicaRound.run(shared, task, ReplicaHome.shared(), collective, Observers.of(shared.run()));
    }
}
