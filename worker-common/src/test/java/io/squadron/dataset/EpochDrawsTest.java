package io.squadron.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.dataset.EpochDraws.Draw;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochDrawsTest {
    /** 700 of class 0, 250 of class 1, none of class 2, 53 of class 3. */
    private static final int[] LABELS =
            IntStream.range(0, 1003).map(i -> i < 700 ? 0 : i < 950 ? 1 : 3).toArray();

    private static List<Draw> epoch(Sampling sampling, int epoch) {
        EpochDraws draws = EpochDraws.of(sampling, 7, epoch, LABELS);
        return draws.of(new Share(0, draws.size()));
    }

    private static Sampling balanced(int repeats) {
        return new Sampling(Sampling.Draw.CLASS_BALANCED, repeats, Mixing.NONE);
    }

    @Test
    void thePlainDrawIsTheSampleOrder() {
        SampleOrder order = SampleOrder.of(7, 2, LABELS.length);
        List<Draw> draws = epoch(Sampling.PLAIN, 2);
        for (int place = 0; place < draws.size(); place++) {
            assertThat(draws.get(place)).as("place %d", place).isEqualTo(new Draw(order.at(place), 0));
        }
    }

    @Test
    void classesAreDrawnEquallyOftenAndTheirSamplesAlmostEquallyOften() {
        List<Draw> draws = epoch(balanced(1), 0);
        int[] byClass = new int[4];
        int[] bySample = new int[LABELS.length];
        for (Draw draw : draws) {
            byClass[LABELS[draw.sample()]]++;
            bySample[draw.sample()]++;
        }
        assertThat(byClass).as("draws by class: 1003 over three").containsExactly(335, 334, 0, 334);
        assertThat(IntStream.of(bySample).limit(700).max())
                .as("of the largest class")
                .hasValue(1);
        assertThat(IntStream.of(bySample).skip(950).min())
                .as("334 over 53, least")
                .hasValue(6);
        assertThat(IntStream.of(bySample).skip(950).max())
                .as("334 over 53, most")
                .hasValue(7);
    }

    @Test
    void aLargeClassShowsOtherSamplesInAnotherEpoch() {
        Set<Integer> shown = new HashSet<>();
        for (int epoch = 0; epoch < 12; epoch++) {
            epoch(balanced(1), epoch).forEach(draw -> shown.add(draw.sample()));
        }
        // Left out with probability (1 - 335/700)^12 = 0.0004 each: 0.3 of 700 expected.
        assertThat(shown.size()).as("of 1003 samples").isGreaterThan(1000);
    }

    @Test
    void repeatsFollowEachOtherAndAreNumbered() {
        List<Draw> draws = epoch(new Sampling(Sampling.Draw.EACH_ONCE, 3, Mixing.NONE), 1);
        assertThat(draws).as("places").hasSize(1003);
        for (int place = 0; place < draws.size(); place++) {
            assertThat(draws.get(place).repeat()).as("repeat at %d", place).isEqualTo(place % 3);
            assertThat(draws.get(place).sample())
                    .as("sample at %d", place)
                    .isEqualTo(draws.get(place - place % 3).sample());
        }
        assertThat(draws.stream().map(Draw::sample).distinct().count())
                .as("different samples")
                .isEqualTo(335);
    }

    @Test
    void noDrawComesTwiceInAnEpoch() {
        List<Draw> draws = epoch(balanced(2), 3);
        assertThat(new HashSet<>(draws)).as("draws").hasSameSizeAs(draws);
    }

    @Test
    void whatStandsAtAPlaceDoesNotDependOnWhoAsksForWhichPart() {
        List<Draw> whole = epoch(balanced(2), 3);
        for (int size = 2; size <= 5; size++) {
            for (int rank = 0; rank < size; rank++) {
                Share share = Shares.ofRank(new Share(0, whole.size()), rank, size);
                assertThat(EpochDraws.of(balanced(2), 7, 3, LABELS).of(share))
                        .as("rank %d of %d", rank, size)
                        .isEqualTo(whole.subList((int) share.first(), (int) share.end()));
            }
        }
    }
}
