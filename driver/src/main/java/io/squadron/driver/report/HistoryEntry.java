package io.squadron.driver.report;

import io.squadron.dataset.Split;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.evaluation.Metrics;

/** What is worth keeping of a run: one JSON object, one line, each. {@code step} counts steps done. */
public sealed interface HistoryEntry {
    long step();

    /** The run started, or started again: whatever was recorded beyond {@code step} is void. */
    record Start(String run, long step, long totalSteps, int replicas) implements HistoryEntry {}

    /** A round, whole. */
    record Round(TrainingEvent.RoundEnded ended) implements HistoryEntry {
        @Override
        public long step() {
            return ended.endStep();
        }
    }

    /**
     * A round was begun again because a replica was lost.
     *
     * @param step its first, counted from 0
     * @param reason who was lost, and how that was seen
     */
    record Repeat(long step, long round, String reason) implements HistoryEntry {}

    /**
     * The figures of an evaluation, without its confusion matrix. Shares in 0..1, loss in nats.
     *
     * @param runningLoss with the running statistics of batch norms, where {@code loss} is with measured ones; else NaN
     * @param runningTopOne likewise
     */
    record Evaluation(
            long step,
            int epoch,
            Split split,
            long samples,
            double loss,
            double topOne,
            double topFive,
            double calibrationError,
            double runningLoss,
            double runningTopOne,
            double seconds)
            implements HistoryEntry {
        static Evaluation of(TrainingEvent.Evaluated event) {
            Metrics metrics = event.metrics();
            double beside = event.running().samples();
            return new Evaluation(
                    event.step(),
                    event.epoch(),
                    event.split(),
                    metrics.samples(),
                    metrics.loss(),
                    metrics.topOne(),
                    metrics.topFive(),
                    metrics.calibrationError(),
                    event.running().lossSum() / beside,
                    event.running().correct() / beside,
                    event.seconds());
        }

        /** Whether batch norms were evaluated with measured statistics, and with the running ones beside them. */
        boolean compares() {
            return Double.isFinite(runningLoss);
        }
    }

    /** A checkpoint that was committed. */
    record Checkpoint(TrainingEvent.Checkpointed written) implements HistoryEntry {
        @Override
        public long step() {
            return written.step();
        }
    }

    /**
     * The run stopped before its plan, because validation did not get better.
     *
     * @param best accuracy (0..1) that was not exceeded
     * @param evaluations in a row that did not exceed it
     */
    record Stop(long step, double best, long bestStep, int evaluations) implements HistoryEntry {}

    /** The run left before its plan was done because it was asked to. */
    record Halt(long step) implements HistoryEntry {}
}
