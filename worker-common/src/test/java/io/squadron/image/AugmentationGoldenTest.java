package io.squadron.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.image.Homography.Point;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation whose parameters can be given, against what Pillow and torchvision make of the same picture (augment.json,
 * written by docs/results/scripts/augment_golden.py). One level is allowed, everywhere and to every pixel: they truncate
 * where we round. Tables and greys are equal.
 */
class AugmentationGoldenTest {
    private static final JsonNode GOLDEN = golden();
    private static final Image INPUT = image(GOLDEN.get("input"));
    private static final int LEVEL = 1;

    private static final Map<String, UnaryOperator<Image>> OURS = Map.ofEntries(
            level("brightness 1.4", Operation.BRIGHTNESS, 0.4),
            level("contrast 0.6", Operation.CONTRAST, -0.4),
            level("contrast 1.7", Operation.CONTRAST, 0.7),
            level("saturation 0.3", Operation.COLOUR, -0.7),
            level("saturation 1.6", Operation.COLOUR, 0.6),
            hue(-0.4),
            hue(-0.1),
            hue(0.25),
            hue(0.5),
            Map.entry("grayscale", Grey::of),
            level("sharpness 0.0", Operation.SHARPNESS, -1),
            level("sharpness 1.9", Operation.SHARPNESS, 0.9),
            Map.entry("blur 0.7", image -> GaussianBlur.blurred(image, 0.7)),
            Map.entry("blur 2.0", image -> GaussianBlur.blurred(image, 2)),
            level("posterize 3", Operation.POSTERIZE, 3),
            level("solarize 110", Operation.SOLARIZE, 110),
            level("autocontrast", Operation.AUTO_CONTRAST, 0),
            level("equalize", Operation.EQUALIZE, 0),
            level("rotate 25", Operation.ROTATE, 25),
            Map.entry("shear 12 -7", image -> black(image, Shear.slant(12, -7).about(Size.of(image)))),
            level("shear_x 0.2", Operation.SHEAR_X, 0.2),
            level("shear_y -0.3", Operation.SHEAR_Y, -0.3),
            level("translate_x 5", Operation.TRANSLATE_X, 5.9),
            Map.entry("perspective", AugmentationGoldenTest::perspective));

    static Stream<String> names() {
        return StreamSupport.stream(GOLDEN.get("results").spliterator(), false)
                .map(each -> each.get("name").asText());
    }

    @Test
    void everyGoldenResultIsMet() {
        assertThat(names()).as("golden results").containsExactlyInAnyOrderElementsOf(OURS.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void isWithinOneLevelOfTheirs(String name) {
        Image ours = OURS.get(name).apply(INPUT);
        Image theirs = theirs(name);
        int largest = 0;
        for (int i = 0; i < ours.pixels().length; i++) {
            int difference = Math.abs((ours.pixels()[i] & 0xFF) - (theirs.pixels()[i] & 0xFF));
            largest = Math.max(largest, difference);
        }
        assertThat(largest).as("largest difference, in levels").isLessThanOrEqualTo(LEVEL);
        if (Stream.of("grayscale", "posterize 3", "solarize 110", "autocontrast", "equalize", "translate_x 5")
                .anyMatch(name::equals)) {
            assertThat(largest).as("difference, in levels").isZero();
        }
    }

    private static Map.Entry<String, UnaryOperator<Image>> level(String name, Operation operation, double strength) {
        return Map.entry(name, image -> {
            Canvas canvas = Canvas.of(image);
            operation.onto(canvas, strength);
            return canvas.image();
        });
    }

    private static Map.Entry<String, UnaryOperator<Image>> hue(double shift) {
        return Map.entry("hue " + shift, image -> Hue.turned(image, Levels.same(), shift));
    }

    private static Image perspective(Image image) {
        Point[] corners = {new Point(2, 1), new Point(24, -2), new Point(27, 19), new Point(-1, 22)};
        return black(image, Homography.corners(Size.of(image), corners[0], corners[1], corners[2], corners[3]));
    }

    private static Image black(Image image, Homography map) {
        return new Frame.Whole(image).seen(map, Edge.BLACK);
    }

    private static Image theirs(String name) {
        for (JsonNode each : GOLDEN.get("results")) {
            if (each.get("name").asText().equals(name)) {
                return image(each.get("pixels"));
            }
        }
        throw new AssertionError(name);
    }

    private static Image image(JsonNode pixels) {
        return new Image(
                GOLDEN.get("height").asInt(),
                GOLDEN.get("width").asInt(),
                Base64.getDecoder().decode(pixels.asText()));
    }

    private static JsonNode golden() {
        try (InputStream in = AugmentationGoldenTest.class.getResourceAsStream("/golden-image/augment.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
