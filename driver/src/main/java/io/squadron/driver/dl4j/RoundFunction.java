package io.squadron.driver.dl4j;

import io.squadron.collective.Collective;
import io.squadron.driver.spark.RankGroup;
import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** What one barrier task does: find the others, train a replica, hand back the result. */
final class RoundFunction extends AbstractFunction1<Iterator<MultiDataSet>, Iterator<byte[]>> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RoundTask task;
    private final NetworkState start;
    private final Broadcast<float[]> values;

    /**
     * A function of {@code task}.
     *
     * @param start the state that all begin with, without its values
     * @param values those
     */
    RoundFunction(RoundTask task, NetworkState start, Broadcast<float[]> values) {
        this.task = task;
        this.start = start;
        this.values = values;
    }

    @Override
    public Iterator<byte[]> apply(Iterator<MultiDataSet> data) {
        BarrierTaskContext context = BarrierTaskContext.get();
        RankGroup group =
                new RankGroup(task.run(), task.round(), task.settings().deadline());
        NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
        int threads = ops.ompGetMaxThreads();
        ops.setOmpNumThreads(threadsOf(context));
        try (Collective collective = group.join(context)) {
            RankReport report = train(
                    collective, JavaConverters.asJavaIteratorConverter(data).asJava());
            return JavaConverters.asScalaIteratorConverter(
                            List.of(report.bytes()).iterator())
                    .asScala();
        } finally {
            ops.setOmpNumThreads(threads);
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }
    }

    private RankReport train(Collective collective, java.util.Iterator<MultiDataSet> data) {
        NetworkState whole = new NetworkState(values.value(), start.parameters(), start.iteration(), start.epoch());
        try (GraphReplica replica = new GraphReplica(task, whole, collective)) {
            IteratorMultiDataSetIterator batches =
                    new IteratorMultiDataSetIterator(data, task.settings().batch());
            for (int taken = 0; taken < task.skip() && batches.hasNext(); taken++) {
                batches.next();
            }
            return replica.run(batches);
        } catch (Failure failed) {
            collective.abort(failed);
            return new RankReport.Failed(collective.rank(), failed.kind(), failed.getMessage());
        } catch (RuntimeException | Error e) {
            collective.abort(e);
            throw e;
        }
    }

    /** The tasks of one process share its cores. */
    private static int threadsOf(BarrierTaskContext context) {
        BarrierTaskInfo[] tasks = context.getTaskInfos();
        String here = tasks[context.partitionId()].address();
        long together =
                Arrays.stream(tasks).filter(task -> task.address().equals(here)).count();
        int cores = SparkEnv.get()
                .conf()
                .getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
        return Math.max(1, (int) (cores / together));
    }
}
