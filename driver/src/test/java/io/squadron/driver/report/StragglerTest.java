package io.squadron.driver.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.TrainingEvent.RoundEnded;
import io.squadron.engine.StepResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A slow executor is named, whatever rank it had. */
class StragglerTest {
    @Test
    void aSlowExecutorIsNamedAlthoughItsRankChanges() {
        List<Straggler> found = Straggler.in(List.of(
                round(rank(0, 2, "slow"), rank(1, 1, "a"), rank(2, 1, "b")),
                round(rank(0, 1, "a"), rank(1, 1, "b"), rank(2, 1.8, "slow"))));
        assertThat(found).as("stragglers").hasSize(1);
        assertThat(found.get(0).place()).isEqualTo("slow");
        assertThat(found.get(0).ratio()).as("ratio").isCloseTo(1.9, within(1e-9));
        assertThat(found.get(0).slowRounds()).as("rounds in which it was slow").isEqualTo(2);
    }

    @Test
    void oneSlowRoundOfManyIsNoStraggler() {
        RoundEnded even = round(rank(0, 1, "a"), rank(1, 1, "b"));
        assertThat(Straggler.in(List.of(even, even, even, round(rank(0, 2, "a"), rank(1, 1, "b")))))
                .as("stragglers")
                .isEmpty();
    }

    @Test
    void threadsAreNamedByTheirRank() {
        assertThat(Straggler.in(List.of(round(rank(0, 1, ""), rank(1, 3, "")))))
                .as("stragglers")
                .containsExactly(new Straggler("rank 1", 3, 1, 1));
    }

    private static RankTiming rank(int rank, double compute, String place) {
        return new RankTiming(rank, 0.1, compute, 0, 0, place);
    }

    private static RoundEnded round(RankTiming... timings) {
        return new RoundEnded(0, 0, 2, 0, StepResult.empty(), 0.1, 0.1, 3, List.of(timings));
    }
}
