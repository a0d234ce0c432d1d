package io.squadron.driver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.dataset.ChannelStatistics;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldOutTest {
    private static final byte TRAIN = Split.TRAIN.code();
    private static final byte TEST = Split.TEST.code();

    @Test
    void whatWasFixedStaysAndNewClassesAreAdded() {
        DatasetIndex first = index(List.of("cat", "dog"), new long[] {1, 2, 3}, new int[] {0, 0, 1}, TEST, TRAIN, TEST);
        HoldOut monday = HoldOut.empty().with(first, Split.TEST, "monday");
        assertThat(monday.positions(first, Split.TEST)).as("on monday").containsExactly(0, 2);

        DatasetIndex second = index(
                List.of("cat", "dog", "emu"),
                new long[] {1, 2, 3, 4, 5, -6},
                new int[] {0, 0, 1, 1, 2, 2},
                TEST,
                TRAIN,
                TEST,
                TEST,
                TRAIN,
                TEST);
        HoldOut tuesday = monday.with(second, Split.TEST, "tuesday");
        assertThat(tuesday.positions(second, Split.TEST))
                .as("on tuesday: no new dog, but the emu")
                .containsExactly(0, 2, 5);
        assertThat(tuesday.classes().get("dog"))
                .as("dogs")
                .isEqualTo(monday.classes().get("dog"));
        assertThat(tuesday.classes().get("emu"))
                .as("emus")
                .isEqualTo(new HoldOut.OfClass("tuesday", List.of("fffffffffffffffa")));
        assertThat(tuesday.with(second, Split.TEST, "wednesday"))
                .as("on wednesday")
                .isEqualTo(tuesday);
    }

    @Test
    void whatIsTrainedOnElsewhereIsNotLookedAt() {
        DatasetIndex first = index(List.of("cat"), new long[] {1, 2}, new int[] {0, 0}, TEST, TEST);
        DatasetIndex other = index(List.of("cat"), new long[] {1, 2}, new int[] {0, 0}, TRAIN, TEST);
        HoldOut holdOut = HoldOut.empty().with(first, Split.TEST, "monday");
        assertThat(holdOut.positions(other, Split.TEST)).as("positions").containsExactly(1);
    }

    private static DatasetIndex index(List<String> classes, long[] ids, int[] labels, byte... splits) {
        ChannelStatistics statistics = new ChannelStatistics(3, List.of(0.5, 0.5, 0.5), List.of(1.0, 1.0, 1.0));
        int[] zeros = new int[ids.length];
        return new DatasetIndex(
                "d", "f", classes, statistics, List.of("s"), ids, labels, splits, zeros, new long[ids.length], zeros);
    }
}
