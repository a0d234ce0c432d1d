package io.squadron.image.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.image.Decoder;
import io.squadron.image.Image;
import io.squadron.storage.Storage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Domain.class)
    void aSceneIsAFunctionOfSeedClassAndNumber(Domain domain) {
        Scenes scenes = new Scenes(7, domain, 32);
        for (int label = 0; label < Scenes.classes().size(); label++) {
            byte[] pixels = scenes.draw(label, 3).pixels();
            assertThat(new Scenes(7, domain, 32).draw(label, 3).pixels())
                    .as("the same again")
                    .isEqualTo(pixels);
            assertThat(scenes.draw(label, 4).pixels()).as("another number").isNotEqualTo(pixels);
            assertThat(new Scenes(8, domain, 32).draw(label, 3).pixels())
                    .as("another seed")
                    .isNotEqualTo(pixels);
        }
    }

    @Test
    void everyOutlineHoldsAboutTheAreaOfItsShapeAndNothingFarAway() {
        for (Outline outline : Outline.values()) {
            int inside = 0;
            for (int i = 0; i < 100 * 100; i++) {
                int row = i / 100;
                double x = (i - row * 100 - 49.5) / 33;
                double y = (row - 49.5) / 33;
                boolean in = outline.distance(x, y) < 0;
                inside += in ? 1 : 0;
                assertThat(in && Math.hypot(x, y) > 1.1)
                        .as("%s holds (%s, %s)", outline, x, y)
                        .isFalse();
            }
            // A unit square of these coordinates has 1089 points; the shapes have areas of 1.1 to 2.4.
            assertThat(inside).as("points inside %s", outline).isBetween(1000, 2700);
        }
    }

    @Test
    void cloudsTakeContrastAwayAndNoiseAddsGrain() {
        double sunny = roughness(Domain.SUNNY);
        assertThat(roughness(Domain.CLOUDY))
                .as("differences between neighbours, cloudy")
                .isLessThan(0.8 * sunny);
        assertThat(roughness(Domain.NOISY))
                .as("differences between neighbours, noisy")
                .isGreaterThan(1.5 * sunny);
        assertThat(roughness(Domain.FOG))
                .as("differences between neighbours, in fog")
                .isLessThan(0.5 * sunny);
    }

    @Test
    void nightIsDarkAndFogIsLight() {
        double sunny = brightness(Domain.SUNNY);
        assertThat(brightness(Domain.NIGHT)).as("mean level at night").isLessThan(0.5 * sunny);
        assertThat(brightness(Domain.FOG)).as("mean level in fog").isGreaterThan(1.1 * sunny);
    }

    private static double brightness(Domain domain) {
        double sum = 0;
        for (int number = 0; number < 20; number++) {
            for (byte each : new Scenes(5, domain, 48).draw(number % 6, number).pixels()) {
                sum += each & 0xFF;
            }
        }
        return sum / (20 * 48 * 48 * 3);
    }

    @Test
    void synthesizeWritesClassFoldersForTrainingAndTest() {
        Storage storage = Storage.of(Map.of());
        new Synthesize(new Scenes(1, Domain.SUNNY, 28), 2, 1).write(storage, folder.toString());
        assertThat(storage.directories(folder.resolve("train").toString()))
                .as("classes")
                .isEqualTo(Scenes.classes());
        byte[] first = storage.read(folder.resolve("train/star/00000.png").toString());
        byte[] test = storage.read(folder.resolve("test/star/00000.png").toString());
        assertThat(Decoder.standard().decode(first).width()).as("width").isEqualTo(28);
        assertThat(test).as("a test image").isNotEqualTo(first);
    }

    @Test
    void aSizeOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Scenes(1, Domain.SUNNY, 1000))
                .as("failure")
                .hasMessageContaining("expected 28 to 256");
    }

    private static double roughness(Domain domain) {
        double sum = 0;
        for (int number = 0; number < 20; number++) {
            Image image = new Scenes(5, domain, 48).draw(number % 6, number);
            byte[] pixels = image.pixels();
            for (int i = Image.CHANNELS; i < pixels.length; i++) {
                sum += Math.abs((pixels[i] & 0xFF) - (pixels[i - Image.CHANNELS] & 0xFF));
            }
        }
        return sum;
    }
}
