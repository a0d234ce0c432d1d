package io.squadron.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdviceTest {
    /** Nine layers and a head; each layer's figures are the last one's times a factor for each layer below. */
    private static NetworkReading reading(double gradient, double spread, double dead, double update) {
        Activity units = new Activity(
                new double[100],
                new double[100],
                IntStream.range(0, 100)
                        .mapToDouble(i -> i < dead * 100 ? 0 : 0.5)
                        .toArray());
        List<LayerReading> layers = IntStream.range(0, 10)
                .mapToObj(i -> new LayerReading(
                        new Place("layer" + i, "in" + i, "relu" + i),
                        new Activity(new double[1], new double[] {Math.pow(spread, 9 - i)}, new double[1]),
                        Optional.of(units),
                        new GradientReading(Math.pow(gradient, 9 - i), 1, update)))
                .toList();
        return new NetworkReading("net", 1, 10, layers);
    }

    private static List<String> looks(NetworkReading reading) {
        return Advice.on(reading).stream()
                .filter(each -> each.verdict() == Finding.Verdict.LOOK)
                .map(Finding::text)
                .toList();
    }

    @Test
    void nothingIsWrongWithAHealthyNetwork() {
        assertThat(looks(reading(0.9, 1.1, 0.05, 1e-3))).as("findings").isEmpty();
        assertThat(Advice.on(reading(0.9, 1.1, 0.05, 1e-3)))
                .as("each figure is named with its source")
                .hasSize(4)
                .allMatch(each -> each.text().matches("(?s).*(Glorot|He et al|CS231n).*"));
    }

    @Test
    void gradientsThatVanishOrExplodeAreNamed() {
        assertThat(looks(reading(0.3, 1, 0, 1e-3)))
                .as("findings")
                .singleElement()
                .asString()
                .contains("They vanish");
        assertThat(looks(reading(3, 1, 0, 1e-3)))
                .as("findings")
                .singleElement()
                .asString()
                .contains("They explode");
    }

    @Test
    void signalsThatGrowOrFadeAreNamed() {
        assertThat(looks(reading(1, 0.5, 0, 1e-3)))
                .as("findings")
                .singleElement()
                .asString()
                .contains("grows with depth");
        assertThat(looks(reading(1, 2, 0, 1e-3)))
                .as("findings")
                .singleElement()
                .asString()
                .contains("fades with depth");
    }

    @Test
    void freshGradientsThatAreSmallEverywhereAreNamedBesideTheWholeNetwork() {
        NetworkReading whole = reading(1, 1, 0, 1e-3);
        List<LayerReading> faint = whole.layers().stream()
                .map(each ->
                        new LayerReading(each.place(), each.input(), each.units(), new GradientReading(1e-6, 1, 1e-3)))
                .toList();
        NetworkReading plain = new NetworkReading("plain", 1, 10, faint);
        assertThat(Advice.onFresh(plain, whole).get(0).text()).as("finding").contains("They vanish");
        assertThat(Advice.onFresh(whole, whole))
                .as("the whole network")
                .allMatch(each -> each.verdict() == Finding.Verdict.HEALTHY);
    }

    @Test
    void deadUnitsAndUpdatesOutOfRangeAreNamed() {
        assertThat(looks(reading(1, 1, 0.6, 1e-3)))
                .as("findings")
                .singleElement()
                .asString()
                .contains("60% of the units");
        assertThat(looks(reading(1, 1, 0, 1e-6)))
                .as("findings")
                .singleElement()
                .asString()
                .contains("They are small");
        assertThat(looks(reading(1, 1, 0, 0.1)))
                .as("findings")
                .singleElement()
                .asString()
                .contains("They are large");
    }
}
