package io.squadron.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Resizing beside Pillow. */
class ResizeGoldenTest {
    private final Decoder decoder = Decoder.standard();

    /** One level: the arithmetic is Pillow's own, but its compiler may fuse what ours does not. */
    @Test
    void bilinearAndBicubicAreWithinOneLevelOfPillow() {
        JsonNode golden = JpegFiles.read("resize.json");
        Image image = decoder.decode(JpegFiles.bytes(golden.get("file")));
        for (JsonNode each : golden.get("cases")) {
            Size size = new Size(each.get("height").asInt(), each.get("width").asInt());
            byte[] found = Resample.to(image, size, filter(each)).pixels();
            byte[] expected = JpegFiles.bytes(each.get("pixels"));
            int most = 0;
            for (int i = 0; i < expected.length; i++) {
                most = Math.max(most, Math.abs((found[i] & 0xFF) - (expected[i] & 0xFF)));
            }
            assertThat(most)
                    .as("largest difference, %s %s", each.get("interpolation"), size)
                    .isLessThanOrEqualTo(1);
        }
    }

    private static Interpolation filter(JsonNode each) {
        return Interpolation.valueOf(each.get("interpolation").asText().toUpperCase(Locale.ROOT));
    }
}
