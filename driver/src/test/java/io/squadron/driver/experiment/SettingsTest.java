package io.squadron.driver.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void gridsAreTriedWithEachOther() {
        List<Setting> all = Grid.product(
                List.of(Grid.parse("optimiser.learning-rate=0.1,0.2"), Grid.parse("squadron.phases.sizes=[48,64],[]")));

        assertThat(all)
                .extracting(Setting::label)
                .containsExactly(
                        "learning-rate=0.1, sizes=[48,64]",
                        "learning-rate=0.1, sizes=[]",
                        "learning-rate=0.2, sizes=[48,64]",
                        "learning-rate=0.2, sizes=[]");
        assertThat(Grid.product(List.of())).containsExactly(Setting.none());
    }

    @Test
    void runsAndSeedsAreNotVariedByGrids() {
        assertThatThrownBy(() -> Grid.parse("seed=1,2"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--seeds");
        assertThatThrownBy(() -> Grid.parse("epochs"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("key=value");
    }

    @Test
    void drawsStayInTheirRangeAndMoreDrawsBeginWithTheSame() {
        List<Range> ranges = List.of(
                Range.parse("optimiser.learning-rate=1e-4..1e-1log"), Range.parse("training.global-batch=8..16"));
        List<Setting> few = Range.draw(ranges, 20, 7);
        List<Setting> many = Range.draw(ranges, 200, 7);

        assertThat(many.subList(0, 20)).isEqualTo(few);
        assertThat(many).allSatisfy(each -> {
            assertThat(each.number("optimiser.learning-rate").orElseThrow()).isBetween(1e-4, 1e-1);
            assertThat(each.number("training.global-batch").orElseThrow())
                    .isIn(8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0);
        });
        long low = many.stream()
                .filter(each -> each.number("optimiser.learning-rate").orElseThrow() < Math.sqrt(1e-5))
                .count();
        // Half of them by factors: 100 of 200, deviation 7; five of those.
        assertThat(low).isBetween(65L, 135L);
        assertThat(Range.draw(ranges, 20, 8)).isNotEqualTo(few);
    }

    @Test
    void rangesThatAreNoneAreRefused() {
        assertThat(Range.parse("a.b=1..2[log]").spacing()).isEqualTo(Range.Spacing.LOG);
        for (String bad : List.of("a.b=2..1", "a.b=0..1log", "a.b=x..1", "a.b=1", "a.b")) {
            assertThatThrownBy(() -> Range.parse(bad))
                    .as(bad)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(bad);
        }
    }

    @Test
    void namesOfRunsAreReadableSafeAndTheirOwn() {
        Setting one = Setting.none().with("optimiser.learning-rate", "0.1").with("phases.sizes", "[48, 64]");
        Setting other = Setting.none().with("optimiser.learning-rate", "0.1").with("phases.sizes", "[48. 64]");

        assertThat(new Trial(one, 3).name()).startsWith("learning-rate=0.1_sizes=-48--64-_seed=3-");
        assertThat(new Trial(one, 3).name()).isNotEqualTo(new Trial(other, 3).name());
        assertThat(new Trial(Setting.none(), 1).name()).startsWith("seed=1-");
        assertThat(new Trial(Setting.none().with("a.b", "x".repeat(300)), 1).name())
                .hasSizeLessThan(120);
    }

    @Test
    void halvingKeepsAThirdAndTriplesTheEpochs() {
        assertThat(new Halving(9).rungs(9))
                .containsExactly(new Halving.Rung(1, 9), new Halving.Rung(3, 3), new Halving.Rung(9, 1));
        assertThat(new Halving(30).rungs(7)).containsExactly(new Halving.Rung(10, 7), new Halving.Rung(30, 2));
        assertThat(new Halving(2).rungs(81)).containsExactly(new Halving.Rung(2, 81));
        assertThat(new Halving(10).rungs(1)).containsExactly(new Halving.Rung(10, 1));
    }
}
