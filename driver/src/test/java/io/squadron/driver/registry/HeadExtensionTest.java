package io.squadron.driver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.exchange.PortableModel;
import io.squadron.exchange.TravellingModels;
import io.squadron.model.Initialisation;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadExtensionTest {
    private static final Initialisation FRESH = Initialisation.HE_NORMAL_FAN_OUT;
    private static final long SEED = 3;

    /** GoogLeNet has two heads more, on inner layers. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"resnet18", "googlenet"})
    void rowsOfKnownClassesAreKeptAndThoseOfNewOnesAreFresh(String architecture) {
        PortableModel model = TravellingModels.of(architecture);
        List<String> classes = List.of("dog", "emu", "cat", "fée");
        PortableModel extended = HeadExtension.of(model, classes, FRESH, SEED);
        assertThat(extended.facts().classes()).as("classes").isEqualTo(classes);
        Weights fresh = FRESH.weights(extended.facts().spec(), SEED);
        int heads = 0;
        for (Slice slice : extended.weights().layout().slices()) {
            float[] before = model.weights().slice(slice.name());
            float[] now = extended.weights().slice(slice.name());
            if (now.length == before.length) {
                assertThat(Arrays.equals(now, before)).as(slice.name()).isTrue();
                continue;
            }
            heads++;
            int row = now.length / classes.size();
            for (int i = 0; i < classes.size(); i++) {
                int old = model.facts().classes().indexOf(classes.get(i));
                float[] expected = old < 0
                        ? Arrays.copyOfRange(fresh.slice(slice.name()), i * row, (i + 1) * row)
                        : Arrays.copyOfRange(before, old * row, (old + 1) * row);
                assertThat(Arrays.copyOfRange(now, i * row, (i + 1) * row))
                        .as("%s, row of %s", slice.name(), classes.get(i))
                        .containsExactly(expected);
            }
        }
        assertThat(heads).as("slices with a row for each class").isGreaterThanOrEqualTo(2);
    }

    @Test
    void classesInAnotherOrderMoveTheirRows() {
        PortableModel model = TravellingModels.of("resnet18");
        PortableModel back = HeadExtension.of(
                HeadExtension.of(model, List.of("fée", "cat", "dog"), FRESH, SEED),
                model.facts().classes(),
                FRESH,
                SEED);
        assertThat(back.hash()).as("hash after moving there and back").isEqualTo(model.hash());
    }
}
