package io.squadron.driver.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.driver.schedule.RoundPlan.Duty;
import io.squadron.failure.Failure;
import io.squadron.replica.StepPlan;
import io.squadron.replica.StepPlan.Exchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Span NEVER = Span.steps(0);

    private static Planner planner(Extent extent, Averaging averaging, Cadence cadence) {
        Schedule schedule = new Cosine(0.1, 0, extent.totalSteps());
        return new Planner(new PlanSettings(extent, schedule, averaging, cadence));
    }

    private static List<Planner> various() {
        List<Planner> planners = new ArrayList<>();
        for (int samples : new int[] {1, 10, 97}) {
            for (int batch : new int[] {1, 7, 200}) {
                for (String cadence : List.of("4st 1ep 1ep", "0.3ep 0.5ep 1.5ep", "3st 5st 7st", "100st 10% 0st")) {
                    String[] spans = cadence.split(" ");
                    planners.add(planner(
                            new Extent(samples, batch, 3),
                            new Averaging(1, 3, 8),
                            new Cadence(Span.parse(spans[0]), Span.parse(spans[1]), Span.parse(spans[2]))));
                }
            }
        }
        return planners;
    }

    private static List<RoundPlan> all(Planner planner, long from) {
        List<RoundPlan> plans = new ArrayList<>();
        planner.from(from).forEach(plans::add);
        return plans;
    }

    @Test
    void stepsFollowEachOtherAndEveryEpochTakesEachSampleOnce() {
        for (Planner planner : various()) {
            Extent extent = planner.settings().extent();
            long step = 0;
            long taken = 0;
            for (RoundPlan round : all(planner, 0)) {
                for (StepPlan plan : round.steps()) {
                    assertThat(plan.step()).isEqualTo(step++);
                    assertThat(plan.epoch()).isEqualTo(round.epoch()).isEqualTo((int) (taken / extent.samples()));
                    assertThat(plan.firstSample()).isEqualTo(taken % extent.samples());
                    assertThat(plan.samples()).isBetween(1, extent.globalBatch());
                    assertThat(plan.endSample()).isLessThanOrEqualTo(extent.samples());
                    assertThat(plan.learningRate())
                            .isEqualTo(planner.settings().schedule().at(plan.step()));
                    taken += plan.samples();
                }
            }
            assertThat(step).isEqualTo(extent.totalSteps());
            assertThat(taken).isEqualTo((long) extent.samples() * extent.epochs());
        }
    }

    @Test
    void resumingAtAnyRoundsEndGivesThePlansThatWouldHaveFollowed() {
        for (Planner planner : various()) {
            List<RoundPlan> whole = all(planner, 0);
            for (int round = 0; round < whole.size(); round++) {
                assertThat(all(planner, whole.get(round).endStep())).isEqualTo(whole.subList(round + 1, whole.size()));
            }
        }
    }

    @Test
    void theLastRoundEvaluatesAndCheckpoints() {
        for (Planner planner : various()) {
            List<RoundPlan> whole = all(planner, 0);
            assertThat(whole.get(whole.size() - 1).duties()).containsExactlyInAnyOrder(Duty.EVALUATE, Duty.CHECKPOINT);
        }
    }

    @Test
    void roundsEndAtEpochsEvaluationsAndCheckpoints() {
        Planner planner = planner(
                new Extent(50, 5, 2), Averaging.every(1), new Cadence(Span.steps(4), Span.steps(6), Span.epochs(1)));
        List<RoundPlan> whole = all(planner, 0);
        assertThat(whole).extracting(RoundPlan::endStep).containsExactly(4L, 6L, 8L, 10L, 12L, 14L, 18L, 20L);
        assertThat(whole.stream().filter(RoundPlan::evaluates).map(RoundPlan::endStep))
                .containsExactly(6L, 12L, 18L, 20L);
        assertThat(whole.stream().filter(RoundPlan::checkpoints).map(RoundPlan::endStep))
                .containsExactly(10L, 20L);
        assertThat(whole).extracting(RoundPlan::round).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void halfEpochsMeetEpochsOfAnOddNumberOfSteps() {
        Planner planner =
                planner(new Extent(7, 1, 3), Averaging.every(1), new Cadence(Span.epochs(1), Span.epochs(0.5), NEVER));
        assertThat(all(planner, 0).stream().filter(RoundPlan::evaluates).map(RoundPlan::endStep))
                .containsExactly(4L, 7L, 11L, 14L, 18L, 21L);
    }

    @Test
    void spansOfZeroLeaveOnlyEpochsAndTheEnd() {
        Planner planner = planner(new Extent(10, 4, 3), Averaging.every(1), new Cadence(NEVER, NEVER, NEVER));
        List<RoundPlan> whole = all(planner, 0);
        assertThat(whole).extracting(RoundPlan::endStep).containsExactly(3L, 6L, 9L);
        assertThat(whole.stream().filter(round -> round.evaluates() || round.checkpoints()))
                .hasSize(1);
        assertThat(whole.get(0).last().samples()).isEqualTo(2);
    }

    @Test
    void everyStepExchangesGradientsIfAveragedEveryStep() {
        Planner planner = planner(new Extent(10, 1, 1), Averaging.every(1), new Cadence(NEVER, NEVER, NEVER));
        assertThat(exchanges(planner)).containsOnly(Exchange.GRADIENTS);
    }

    @Test
    void parametersAreAveragedEveryNAndWheneverARoundEnds() {
        Planner planner = planner(new Extent(10, 1, 1), Averaging.every(3), new Cadence(Span.steps(5), NEVER, NEVER));
        assertThat(averagedAt(planner)).containsExactly(2, 4, 5, 8, 9);
        assertThat(exchanges(planner)).doesNotContain(Exchange.GRADIENTS);
    }

    @Test
    void aSwitchStepTurnsOneRegimeIntoTheOther() {
        Cadence cadence = new Cadence(NEVER, NEVER, NEVER);
        Planner later = planner(new Extent(12, 1, 1), new Averaging(1, 4, 5), cadence);
        assertThat(exchanges(later).subList(0, 5)).containsOnly(Exchange.GRADIENTS);
        assertThat(averagedAt(later)).containsExactly(7, 11);
        Planner sooner = planner(new Extent(12, 1, 1), new Averaging(4, 1, 6), cadence);
        assertThat(averagedAt(sooner)).containsExactly(3, 5);
        assertThat(exchanges(sooner).subList(6, 12)).containsOnly(Exchange.GRADIENTS);
    }

    private static List<Exchange> exchanges(Planner planner) {
        return all(planner, 0).stream()
                .flatMap(round -> round.steps().stream())
                .map(StepPlan::exchange)
                .toList();
    }

    private static List<Integer> averagedAt(Planner planner) {
        List<Exchange> exchanges = exchanges(planner);
        List<Integer> found = new ArrayList<>();
        for (int step = 0; step < exchanges.size(); step++) {
            if (exchanges.get(step) == Exchange.PARAMETERS) {
                found.add(step);
            }
        }
        return found;
    }

    @Test
    void aHugeRunIsPlannedOneRoundAtATime() {
        Extent extent = new Extent(Integer.MAX_VALUE, 1, 1000);
        Planner planner = planner(extent, Averaging.every(1), new Cadence(Span.steps(3), NEVER, NEVER));
        Iterator<RoundPlan> rounds = planner.from(0).iterator();
        assertThat(rounds.next().endStep()).isEqualTo(3);
        assertThat(rounds.next().endStep()).isEqualTo(6);
        assertThat(extent.totalSteps()).isEqualTo(Integer.MAX_VALUE * 1000L);
    }

    @Test
    void aPositionBeyondTheEndIsRefusedAndTheEndItselfLeavesNothing() {
        Planner planner = planner(new Extent(10, 4, 3), Averaging.every(1), new Cadence(NEVER, NEVER, NEVER));
        assertThat(planner.from(9)).isEmpty();
        assertThatThrownBy(() -> planner.from(10))
                .isInstanceOf(Failure.class)
                .hasMessage("Cannot go on from step 10: the run has 9 steps (3 epochs of 3)");
    }

    @Test
    void plansSurviveTheWayToTheExecutors() throws IOException, ClassNotFoundException {
        for (RoundPlan plan : all(various().get(5), 0)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(plan);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isEqualTo(plan);
            }
        }
    }

    @Test
    void theTableShowsEveryRoundOfAShortRun() {
        Planner planner = planner(
                new Extent(50, 5, 2), new Averaging(1, 3, 12), new Cadence(Span.steps(4), NEVER, Span.epochs(1)));
        assertThat(PlanTable.of(planner, 0, 40).lines().map(String::stripTrailing))
                .containsExactly(
                        "round  epoch  steps     samples  learning rate          averages          then",
                        "0      0      0 .. 3    20       0.1000 .. 0.09455      every step",
                        "1      0      4 .. 7    20       0.09045 .. 0.07270     every step",
                        "2      0      8 .. 9    10       0.06545 .. 0.05782     every step        checkpoint",
                        "3      1      10 .. 13  20       0.05000 .. 0.02730     2 steps, then 1x",
                        "4      1      14 .. 17  20       0.02061 .. 0.005450    2x",
                        "5      1      18 .. 19  10       0.002447 .. 0.0006156  1x                evaluate, checkpoint",
                        "",
                        "6 rounds, 20 steps, 100 samples seen; 1 evaluations, 2 checkpoints",
                        "2 epochs of 50 samples: 10 steps each, in batches of 5");
    }

    @Test
    void theTableOfALongRunShowsItsBeginningAndItsEnd() {
        Planner planner = planner(
                new Extent(1000, 1, 10), Averaging.every(1), new Cadence(Span.steps(10), Span.epochs(1), NEVER));
        List<String> lines = PlanTable.of(planner, 0, 12).lines().toList();
        assertThat(lines).hasSize(1 + 12 + 1 + 3).contains("... 988 more ...");
        assertThat(lines.get(8)).startsWith("7 ");
        assertThat(lines.get(10)).startsWith("996 ");
        assertThat(lines.get(13)).startsWith("999 ").endsWith("evaluate, checkpoint");
        assertThat(lines.get(15))
                .isEqualTo("1,000 rounds, 10,000 steps, 10,000 samples seen; 10 evaluations, 1 checkpoints");
    }
}
