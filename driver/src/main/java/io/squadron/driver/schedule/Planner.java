package io.squadron.driver.schedule;

import io.squadron.dataset.Share;
import io.squadron.dataset.Shares;
import io.squadron.driver.schedule.RoundPlan.Duty;
import io.squadron.failure.Failure;
import io.squadron.replica.StepPlan;
import io.squadron.replica.StepPlan.Exchange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * From settings and a position to the rounds that follow. Where a round ends is a property of the step alone (a mark of
 * the round, evaluation or checkpoint cadence, a turn to another phase, the end of an epoch, the end of the run), so a run that resumes at such an
 * end gets exactly the plans that it would have got. The last round evaluates and checkpoints whatever the cadence says.
 * Pure and immutable.
 */
public final class Planner {
    private final PlanSettings settings;
    private final Extent extent;
    private final Marks rounds;
    private final Marks evaluations;
    private final Marks checkpoints;

    public Planner(PlanSettings settings) {
        this.settings = settings;
        this.extent = settings.extent();
        this.rounds = Marks.every(settings.cadence().round(), extent);
        this.evaluations = Marks.every(settings.cadence().evaluate(), extent);
        this.checkpoints = Marks.every(settings.cadence().checkpoint(), extent);
    }

    public PlanSettings settings() {
        return settings;
    }

    /**
     * The rounds from {@code step} (steps already done) to the end, one made at a time; none if the run is over. From a
     * step inside a round (after settings were changed) it begins with the rest of that round.
     */
    public Iterable<RoundPlan> from(long step) {
        if (step < 0 || step > extent.totalSteps()) {
            throw Failure.state(
                    "Cannot go on from step %d: the run has %d steps (%d epochs of %d)",
                    step, extent.totalSteps(), extent.epochs(), extent.stepsPerEpoch());
        }
        int round = roundsEndedBy(step);
        return () -> new Rounds(step, round);
    }

    private int roundsEndedBy(long step) {
        int ended = 0;
        for (long end = endAfter(0); end <= step && ended < Integer.MAX_VALUE; end = endAfter(end)) {
            ended++;
        }
        return ended;
    }

    /** The end of the round that {@code step} belongs to; past the last step, no end at all. */
    private long endAfter(long step) {
        if (step >= extent.totalSteps()) {
            return Long.MAX_VALUE;
        }
        long epochBegin = step / extent.stepsPerEpoch() * extent.stepsPerEpoch();
        long epochEnd = epochBegin + extent.stepsPerEpoch();
        long roundMark = rounds.after(step - epochBegin);
        long roundEnd = roundMark > extent.stepsPerEpoch() ? epochEnd : epochBegin + roundMark;
        long cadence = Math.min(evaluations.after(step), checkpoints.after(step));
        return Math.min(Math.min(epochEnd, roundEnd), Math.min(cadence, turnAfter(step)));
    }

    private long turnAfter(long step) {
        return settings.turns().stream()
                .mapToLong(Long::longValue)
                .filter(turn -> turn > step)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private RoundPlan plan(int round, long begin) {
        long end = endAfter(begin);
        List<StepPlan> steps = new ArrayList<>();
        for (long step = begin; step < end; step++) {
            steps.add(plan(step, end));
        }
        return new RoundPlan(round, steps, duties(end));
    }

    private Set<Duty> duties(long end) {
        boolean over = end == extent.totalSteps();
        Set<Duty> duties = EnumSet.noneOf(Duty.class);
        if (over || evaluations.at(end)) {
            duties.add(Duty.EVALUATE);
        }
        if (over || checkpoints.at(end)) {
            duties.add(Duty.CHECKPOINT);
        }
        return duties;
    }

    private StepPlan plan(long step, long roundEnd) {
        long within = step % extent.stepsPerEpoch();
        int epoch = Math.toIntExact(step / extent.stepsPerEpoch());
        Share share = Shares.ofStep(within, extent.globalBatch(), extent.samples());
        double rate = settings.schedule().at(step);
        return new StepPlan(step, epoch, share.first(), share.end(), rate, exchange(step, roundEnd));
    }

    /** Replicas must be equal at the end of a round, and when a regime ends: the next one starts from equal weights. */
    private Exchange exchange(long step, long roundEnd) {
        Averaging averaging = settings.averaging();
        long every = averaging.at(step);
        if (every == 1) {
            return Exchange.GRADIENTS;
        }
        boolean due = (step + 1) % every == 0;
        boolean regimeEnds = averaging.at(step + 1) != every;
        return due || regimeEnds || step + 1 == roundEnd ? Exchange.PARAMETERS : Exchange.NOTHING;
    }

    /** The rounds, one made when it is asked for. */
    private final class Rounds implements Iterator<RoundPlan> {
        private long step;
        private int round;

        Rounds(long step, int round) {
            this.step = step;
            this.round = round;
        }

        @Override
        public boolean hasNext() {
            return step < extent.totalSteps();
        }

        @Override
        public RoundPlan next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the run has ended");
            }
            RoundPlan next = plan(round++, step);
            step = next.endStep();
            return next;
        }
    }
}
