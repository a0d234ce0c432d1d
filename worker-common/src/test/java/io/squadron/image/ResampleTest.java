package io.squadron.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.random.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResampleTest {
    private static final RandomStream NONE = RandomStream.of(0, "not asked");

    /** Pillow 9.4.0, Image.resize with BILINEAR. Our arithmetic is Pillow's own, so the levels are equal, not close. */
    @ParameterizedTest
    @CsvSource({"3, PIL resize 8x8->3x3 bilinear (antialiased)", "12, PIL resize 8x8->12x12 bilinear"})
    void equalsPillow(int side, String key) throws IOException {
        JsonNode golden;
        try (InputStream in = ResampleTest.class.getResourceAsStream("/golden-image/pillow.json")) {
            golden = new ObjectMapper().readTree(in);
        }
        Image input = grey(8, golden.get("input 8x8 (row-major, (i*37)%256)"));
        Image expected = grey(side, golden.get(key));
        assertThat(Resample.to(input, new Size(side, side)).pixels())
                .as("pixels")
                .isEqualTo(expected.pixels());
    }

    @ParameterizedTest
    @CsvSource({"375, 500, 256, 341", "333, 500, 256, 384", "500, 375, 341, 256", "28, 28, 256, 256"})
    void theShorterSideDecidesAndTheLongerIsTruncated(int height, int width, int newHeight, int newWidth) {
        assertThat(new EvaluationTransform(256, 224).resized(new Size(height, width)))
                .as("size")
                .isEqualTo(new Size(newHeight, newWidth));
    }

    @ParameterizedTest
    @CsvSource({"257, 16", "259, 18", "256, 16"})
    void theMiddleIsRoundedHalfToEven(int height, int top) {
        byte[] pixels = new byte[height * 224 * Image.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / (224 * Image.CHANNELS));
        }
        Image cropped = Crop.center(new Image(height, 224, pixels), 224);
        assertThat(cropped.at(0, 0, 0)).as("first row that is kept").isEqualTo(top);
    }

    @Test
    void evaluationOfAnImageOfTheRightSizeIsTheIdentity() {
        Image image = Pictures.noise(28, 28, 3);
        assertThat(new EvaluationTransform(28, 28).apply(image, NONE))
                .as("image")
                .isSameAs(image);
    }

    @Test
    void aFlatImageStaysFlatAtEverySize() {
        byte[] pixels = new byte[31 * 17 * Image.CHANNELS];
        java.util.Arrays.fill(pixels, (byte) 200);
        for (int side = 1; side < 70; side += 3) {
            byte[] result = Resample.to(new Image(31, 17, pixels), new Size(side, 71 - side))
                    .pixels();
            assertThat(result).as("pixels at %d", side).containsOnly((byte) 200);
        }
    }

    @Test
    void aCropLargerThanTheResizeIsRefused() {
        assertThatThrownBy(() -> new EvaluationTransform(100, 224))
                .as("failure")
                .hasMessageContaining("Cannot crop 224 pixels out of images resized to 100");
    }

    private static Image grey(int side, JsonNode levels) {
        byte[] pixels = new byte[side * side * Image.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) levels.get(i / Image.CHANNELS).asInt();
        }
        return new Image(side, side, pixels);
    }
}
