package io.squadron.driver.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.driver.schedule.Curriculum.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurriculumTest {
    /** 10 steps an epoch, 12 epochs. */
    private static final Extent EXTENT = new Extent(100, 10, 12);

    private static List<Stretch> stretches(Recipe recipe, List<Integer> sizes, String until) {
        return new Curriculum(recipe, Span.parse("2ep"), Span.parse("1ep"), 0.1, sizes, Span.parse(until))
                .over(EXTENT, 224, 4);
    }

    @Test
    void withoutARecipeTheRunIsOneStretch() {
        assertThat(stretches(Recipe.WHOLE, List.of(), "75%")).containsExactly(new Stretch(0, 224, 0, 1));
        assertThat(Curriculum.none().over(EXTENT, 224, 4)).containsExactly(new Stretch(0, 224, 0, 1));
    }

    @Test
    void fineTuningTrainsTheHeadAndThenAllMoreSlowly() {
        assertThat(stretches(Recipe.FINE_TUNE, List.of(), "75%"))
                .containsExactly(new Stretch(0, 224, 3, 1), new Stretch(20, 224, 0, 0.1));
    }

    @Test
    void gradualUnfreezingGoesDownOneStageAtATime() {
        assertThat(stretches(Recipe.GRADUAL, List.of(), "75%"))
                .containsExactly(
                        new Stretch(0, 224, 3, 1),
                        new Stretch(20, 224, 2, 0.1),
                        new Stretch(30, 224, 1, 0.1),
                        new Stretch(40, 224, 0, 0.1));
    }

    @Test
    void sizesGrowByWholeEpochsAndEndWithTheFullOne() {
        // 75% are 9 epochs; two sizes share them, 4.5 each, rounded to whole ones.
        assertThat(stretches(Recipe.WHOLE, List.of(128, 160), "75%"))
                .containsExactly(new Stretch(0, 128, 0, 1), new Stretch(50, 160, 0, 1), new Stretch(90, 224, 0, 1));
    }

    @Test
    void sizesAndStagesChangeIndependently() {
        assertThat(stretches(Recipe.FINE_TUNE, List.of(128), "5ep"))
                .containsExactly(new Stretch(0, 128, 3, 1), new Stretch(20, 128, 0, 0.1), new Stretch(50, 224, 0, 0.1));
    }

    @Test
    void aRunShorterThanItsHeadNeverTrainsTheBody() {
        List<Stretch> stretches = new Curriculum(
                        Recipe.FINE_TUNE, Span.epochs(20), Span.epochs(1), 0.1, List.of(), Span.epochs(1))
                .over(EXTENT, 224, 4);
        assertThat(stretches).containsExactly(new Stretch(0, 224, 3, 1));
    }

    @Test
    void noRoundGoesAcrossATurn() {
        Cadence cadence = new Cadence(Span.epochs(1), Span.epochs(1), Span.epochs(1));
        Planner planner = new Planner(
                new PlanSettings(EXTENT, new Constant(0.1), Averaging.every(1), cadence, List.of(0L, 25L, 40L)));
        List<Long> ends = new ArrayList<>();
        planner.from(0).forEach(round -> ends.add(round.endStep()));
        assertThat(ends).as("ends of rounds").startsWith(10L, 20L, 25L, 30L, 40L, 50L);
    }
}
