package io.squadron.jobs.config;

import io.squadron.driver.schedule.Span;
import io.squadron.engine.Precision;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** How the replicas work together. */
public record TrainingConfig(
        Engine engine,
        Precision precision,
        int replicas,
        int threads,
        int epochs,
        int globalBatch,
        int averagingEvery,
        Span averagingFrom,
        boolean averageMomentum,
        BatchNorm batchNorm,
        Statistics batchNormStatistics,
        int batchNormSamples,
        Wire gradientWire,
        Loss loss,
        double labelSmoothing,
        double focalGamma,
        ClassWeights classWeights,
        double classWeightsBeta,
        Span round,
        Span evaluateEvery,
        int earlyStopping,
        double earlyStoppingDelta,
        int decodeThreads,
        Duration replicaTimeout,
        int minReplicas,
        Duration executorWait,
        int roundRetries)
        implements Checked, Serializable {
    /** What computes. */
    public enum Engine {
        AUTO,
        ONEDNN,
        DL4J
    }

    /** Whose samples a batch norm looks at in training. */
    public enum BatchNorm {
        EXACT,
        AVERAGED,
        LOCAL
    }

    /** What a batch norm is evaluated with. */
    public enum Statistics {
        RUNNING,
        PRECISE,
        EXACT
    }

    /** What training makes small. */
    public enum Loss {
        CROSS_ENTROPY,
        FOCAL,
        BINARY
    }

    /** How much classes count in the loss. */
    public enum ClassWeights {
        NONE,
        BALANCED,
        EFFECTIVE
    }

    /** How the gradient's sums travel between replicas. */
    public enum Wire {
        FLOAT32,
        BFLOAT16
    }

    @Override
    public void check(Checks checks) {
        checks.atLeast("replicas", replicas, 1);
        checks.atLeast("threads", threads, 1);
        checks.atLeast("epochs", epochs, 1);
        checks.atLeast("global-batch", globalBatch, 1);
        checks.together(
                globalBatch < 1 || globalBatch >= replicas,
                List.of("global-batch", "replicas"),
                "at least one sample of each batch for each replica");
        checks.atLeast("averaging-every", averagingEvery, 1);
        checks.atLeast("batch-norm-samples", batchNormSamples, 0);
        checks.shareBelowOne("label-smoothing", labelSmoothing);
        checks.atLeast("focal-gamma", focalGamma, 0);
        checks.shareBelowOne("class-weights-beta", classWeightsBeta);
        checks.positive("round", round);
        checks.positive("evaluate-every", evaluateEvery);
        checks.atLeast("early-stopping", earlyStopping, 0);
        checks.shareBelowOne("early-stopping-delta", earlyStoppingDelta);
        checks.atLeast("decode-threads", decodeThreads, 1);
        checks.that(replicaTimeout.toMillis() > 0, "replica-timeout", "longer than nothing");
        checks.atLeast("min-replicas", minReplicas, 0);
        checks.together(
                minReplicas <= replicas, List.of("min-replicas", "replicas"), "at most as many as there are replicas");
        checks.that(!executorWait.isNegative(), "executor-wait", "no negative time");
        checks.atLeast("round-retries", roundRetries, 0);
    }
}
