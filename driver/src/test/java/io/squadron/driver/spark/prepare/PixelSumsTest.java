package io.squadron.driver.spark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.image.Image;
import io.squadron.image.Pictures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelSumsTest {
    @Test
    void statisticsDoNotDependOnHowTheImagesArePartitioned() {
        List<PixelSums> images = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            images.add(PixelSums.of(Pictures.noise(5 + i % 7, 4, i)));
        }
        PixelSums inOne = merged(images, 1);
        for (int parts : new int[] {2, 3, 7, 120}) {
            assertThat(merged(images, parts).statistics())
                    .as("statistics in %d parts, to the last bit", parts)
                    .isEqualTo(inOne.statistics());
        }
    }

    @Test
    void areExactWhereFloatingPointSumsOfSquaresAreNot() {
        // 255 and 254 in turns, ten thousand million pixels: the variance is a quarter of a level, squared.
        long pixels = 10_000_000_000L;
        long sum = pixels / 2 * (255 + 254);
        long squares = pixels / 2 * (255 * 255 + 254 * 254);
        PixelSums sums = new PixelSums(new long[] {pixels, sum, sum, sum, squares, squares, squares});
        assertThat(sums.statistics().mean().get(0)).as("mean").isCloseTo(254.5 / 255, within(1e-15));
        assertThat(sums.statistics().deviation().get(2)).as("deviation").isCloseTo(0.5 / 255, within(1e-15));
    }

    @Test
    void countEveryPixelOfAnImage() {
        byte[] pixels = {1, 2, 3, (byte) 255, 0, 10};
        assertThat(PixelSums.of(new Image(1, 2, pixels)).list())
                .as("pixels, sums, sums of squares")
                .containsExactly(2L, 256L, 2L, 13L, 65026L, 4L, 109L);
    }

    /** Each part summed for itself, then the parts, the last first. */
    private static PixelSums merged(List<PixelSums> images, int parts) {
        PixelSums all = PixelSums.empty();
        for (int part = parts - 1; part >= 0; part--) {
            PixelSums sums = PixelSums.empty();
            for (int i = part; i < images.size(); i += parts) {
                sums.add(images.get(i));
            }
            all.add(sums);
        }
        return all;
    }
}
