package io.squadron.driver.training;

import io.squadron.dataset.Split;
import io.squadron.engine.StepResult;
import io.squadron.evaluation.Metrics;
import io.squadron.evaluation.Tally;
import io.squadron.replica.RankStart;
import io.squadron.replica.StepSeries;
import java.util.List;

/**
 * What a run tells its listeners, in this order:
 *
 * <pre>{@code
 * TrainingStarted                      once, at a fresh start as after a resume
 * for each round of the plan:
 *     RankBegan                        one per rank, when all have the state of the round's start
 *     for each of some steps:
 *         StepsDone, RanksTimed        whenever rank 0 is heard of: each step where it is a thread of the driver's JVM,
 *                                      else about once a second
 *     RoundRepeated                    when a replica was lost; then its RankBegan and StepsDone come again
 *     RoundEnded, StepLosses           after every rank has reported
 *     if the plan evaluates here:
 *         Evaluated                    one per split
 *     if the plan checkpoints here:
 *         Checkpointed                 after the manifest is committed
 * StoppedEarly                         if nothing got better for long enough
 * Halted                               if someone asked for it; before it Checkpointed, unless the round was saved anyway
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
     * Where the time of each rank heard of went in this round until now.
     *
     * @param timings ranks ascending
     */
    record RanksTimed(long round, long step, List<RankTiming> timings) implements TrainingEvent {
        public RanksTimed {
            timings = List.copyOf(timings);
        }
    }

    /**
     * A rank is about to take its first step of a round.
     *
     * @param place where it runs, for people; empty if it is a thread of the driver's JVM
     */
    record RankBegan(long round, RankStart start, String place) implements TrainingEvent {
        @Override
        public long step() {
            return start.startStep();
        }
    }

    /**
     * A round begins again, from the state of its start.
     *
     * @param step its first, counted from 0
     */
    record RoundRepeated(long round, long step, String reason) implements TrainingEvent {}

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

    /**
     * The losses of a round, step by step.
     *
     * @param series of the global batches; the first is that of {@code firstStep}
     */
    record StepLosses(long round, long firstStep, StepSeries series) implements TrainingEvent {
        @Override
        public long step() {
            return firstStep + series.steps();
        }
    }

    /** The run is over before its plan, for want of improvement; told again if such a run is resumed. */
    record StoppedEarly(long step, Trend trend) implements TrainingEvent {}

    /** The run leaves before its plan is done because it was asked to; all that it did is saved. */
    record Halted(long step) implements TrainingEvent {}

    /** The plan is done, or the run stopped or rests before its end. */
    record TrainingEnded(long step, double seconds) implements TrainingEvent {}
}
