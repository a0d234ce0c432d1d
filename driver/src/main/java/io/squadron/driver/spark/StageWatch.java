package io.squadron.driver.spark;

import io.squadron.driver.training.RoundProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.RDDInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;

/** Notices when Spark repeats the barrier stage of a round, and says why. Called by the one thread of Spark's listeners. */
final class StageWatch extends SparkListener {
    private static final Logger LOG = LoggerFactory.getLogger(StageWatch.class);
    private static final int LONGEST_REASON = 300;

    private final String group;
    private final RoundProgress progress;
    private final Map<Integer, String> reasons = new HashMap<>();

    /** @param group of the run's jobs */
    StageWatch(String group, RoundProgress progress) {
        this.group = group;
        this.progress = progress;
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted event) {
        StageInfo stage = event.stageInfo();
        if (stage.failureReason().isDefined()) {
            reasons.put(stage.stageId(), stage.failureReason().get());
        } else {
            reasons.remove(stage.stageId());
        }
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        StageInfo stage = event.stageInfo();
        if (stage.attemptNumber() > 0 && ours(event.properties()) && barrier(stage)) {
            String all = reasons.getOrDefault(stage.stageId(), "its results were lost")
                    .replaceAll("\\s+", " ");
            String reason = all.substring(0, Math.min(all.length(), LONGEST_REASON));
            LOG.warn("{} begins again, attempt {}: {}", group, stage.attemptNumber(), reason);
            progress.repeated(reason);
        }
    }

    private boolean ours(Properties properties) {
        return group.equals(properties.getProperty("spark.jobGroup.id"));
    }

    private static boolean barrier(StageInfo stage) {
        return JavaConverters.seqAsJavaListConverter(stage.rddInfos()).asJava().stream()
                .anyMatch(RDDInfo::isBarrier);
    }
}
