package io.squadron.driver.training;

import io.squadron.dataset.Split;
import io.squadron.engine.StepResult;
import io.squadron.evaluation.Metrics;
import io.squadron.evaluation.Tally;
import java.util.List;

/**
 * What a run tells its listeners, in this order:
 *
 * <pre>{@code
 * TrainingStarted                      once, at a fresh start as after a resume
 * for each round of the plan:
 *     for each of some steps:
 *         StepsDone                    each step of rank 0, where the replicas share the driver's JVM
 *     RoundEnded                       after every rank has reported
 *     if the plan evaluates here:
 *         Evaluated                    one per split
 *     if the plan checkpoints here:
 *         Checkpointed                 after the manifest is committed
 * TrainingEnded                        once, unless the run fails
 * }</pre>
 *
 * A round that is tried again may repeat its {@link StepsDone}; its {@link RoundEnded} comes once. {@code step} counts the
 * steps done since the run began, across resumes; {@code epoch} counts from 0. Times are in seconds.
 */
public sealed interface TrainingEvent {
    /** How many steps of the run are done when this happens. */
    long step();

    /** The run begins, or goes on at {@link RunSummary#resumedAtStep()}. */
    record TrainingStarted(RunSummary summary) implements TrainingEvent {
        @Override
        public long step() {
            return summary.resumedAtStep();
        }
    }

    /**
     * Progress inside a round.
     *
     * @param soFar all steps of this round until now, all ranks
     */
    record StepsDone(long round, long step, int epoch, StepResult soFar, double learningRate)
            implements TrainingEvent {}

    /**
     * A round is complete.
     *
     * @param firstStep its first step, counted from 0
     * @param endStep its last step + 1: the steps done by now
     * @param epoch of its last step
     * @param result all its steps, all ranks
     * @param firstRate learning rate of its first step
     * @param lastRate learning rate of its last step
     * @param seconds by the driver's clock, Spark's share included
     * @param timings one per rank, ranks ascending; empty when not measured
     */
    record RoundEnded(
            long round,
            long firstStep,
            long endStep,
            int epoch,
            StepResult result,
            double firstRate,
            double lastRate,
            double seconds,
            List<RankTiming> timings)
            implements TrainingEvent {
        public RoundEnded {
            timings = List.copyOf(timings);
        }

        @Override
        public long step() {
            return endStep;
        }

        /** Mean cross-entropy of the round's samples, in nats; NaN without samples. */
        public double loss() {
            return result.lossSum() / result.samples();
        }

        /** Share of the round's samples predicted rightly while training; NaN without samples. */
        public double accuracy() {
            return (double) result.correct() / result.samples();
        }

        public double imagesPerSecond() {
            return result.samples() / seconds;
        }
    }

    /**
     * The model was looked at with the samples of {@code split}, each exactly once.
     *
     * @param running the same samples seen with the running statistics of batch norms, where {@code tally} is with measured
     *     ones; of no samples where it is not
     */
    record Evaluated(long step, int epoch, Split split, Tally tally, Tally running, double seconds)
            implements TrainingEvent {
        /** With running statistics alone. */
        public Evaluated(long step, int epoch, Split split, Tally tally, double seconds) {
            this(
                    step,
                    epoch,
                    split,
                    tally,
                    Tally.empty(tally.classes(), tally.bins().size(), tally.worst()),
                    seconds);
        }

        public Metrics metrics() {
            return Metrics.of(tally);
        }
    }

    /**
     * A checkpoint can be trusted from now on.
     *
     * @param uri of its directory
     * @param bytes written, all ranks
     */
    record Checkpointed(long step, String uri, long bytes, double seconds) implements TrainingEvent {}

    /** The plan is done. */
    record TrainingEnded(long step, double seconds) implements TrainingEvent {}
}
