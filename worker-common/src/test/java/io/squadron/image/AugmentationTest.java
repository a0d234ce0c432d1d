package io.squadron.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.failure.Failure;
import io.squadron.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationTest {
    static List<Augmentation> all() {
        return List.of(
                new PaddedCrop(4),
                RandomResizedCrop.standard(),
                new HorizontalFlip(0.5),
                new VerticalFlip(0.5),
                new Rotation(15),
                new Zoom(0.9, 1.2),
                new Shear(10),
                new Perspective(0.5),
                new Brightness(0.4),
                new Contrast(0.4),
                new Saturation(0.4),
                new Hue(0.1),
                new Grayscale(0.5),
                new Sharpness(0.9),
                new GaussianBlur(0.5, 0.1, 2),
                new GaussianNoise(8),
                new SaltAndPepper(0.05),
                new JpegCompression(0.5, 30, 90),
                new RandAugment(2, 9),
                new TrivialAugment(),
                new AugMix(3),
                Erasing.standard(0.5));
    }

    @Test
    void theListOfThisTestIsWhole() {
        assertThat(all().stream().<Class<?>>map(Object::getClass).toList())
                .as("tested augmentations")
                .containsExactlyInAnyOrderElementsOf(kinds(Augmentation.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(AugmentationTest::kinds)
                : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isPureChangesSomethingAndKeepsTheSize(Augmentation augmentation) {
        Image image = Pictures.noise(28, 20, 5);
        byte[] before = image.pixels().clone();
        int changed = 0;
        for (long draw = 0; draw < 20; draw++) {
            Image first = augmentation.apply(image, RandomStream.of(1, "augment", draw));
            Image second = augmentation.apply(image, RandomStream.of(1, "augment", draw));
            assertThat(first.pixels()).as("draw %d, twice", draw).isEqualTo(second.pixels());
            assertThat(Size.of(first)).as("size").isEqualTo(Size.of(image));
            changed += Arrays.equals(first.pixels(), before) ? 0 : 1;
        }
        assertThat(image.pixels()).as("the input").isEqualTo(before);
        assertThat(changed).as("draws that changed something").isPositive();
    }

    @Test
    void flipsMirror() {
        Image image = new Image(1, 2, new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(new HorizontalFlip(1).apply(image, stream()).pixels())
                .as("flipped left to right")
                .containsExactly(4, 5, 6, 1, 2, 3);
        Image tall = new Image(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(new VerticalFlip(1).apply(tall, stream()).pixels())
                .as("flipped top to bottom")
                .containsExactly(4, 5, 6, 1, 2, 3);
    }

    @Test
    void paddedCropShiftsByWholePixelsAndFillsWithBlack() {
        byte[] pixels = new byte[9 * Image.CHANNELS];
        Arrays.fill(pixels, (byte) 9);
        Image image = new Image(3, 3, pixels);
        Image right = Crop.at(image, 0, -1, new Size(3, 3));
        assertThat(right.at(0, 0, 0)).as("what came in").isZero();
        assertThat(right.at(0, 1, 0)).as("what was there").isEqualTo(9);
        Image away = Crop.at(image, 0, 5, new Size(3, 3));
        assertThat(away.pixels()).as("shifted out of sight").containsOnly((byte) 0);
    }

    @Test
    void noTurnAndNoZoomLeaveTheImageAsItIs() {
        Image image = Pictures.noise(17, 24, 6);
        assertThat(new Rotation(0).apply(image, stream()).pixels())
                .as("turned by 0")
                .isEqualTo(image.pixels());
        assertThat(new Zoom(1, 1).apply(image, stream()).pixels())
                .as("zoomed by 1")
                .isEqualTo(image.pixels());
    }

    @Test
    void aHalfTurnIsBothFlips() {
        Image image = Pictures.noise(10, 12, 7);
        Image turned = new Frame.Whole(image).seen(Rotation.turn(180).about(Size.of(image)), Edge.REPEAT);
        Image flipped = new VerticalFlip(1).apply(new HorizontalFlip(1).apply(image, stream()), stream());
        assertThat(turned.pixels()).as("half turn").isEqualTo(flipped.pixels());
    }

    @Test
    void brightnessScalesAndContrastKeepsTheMean() {
        Image image = new Image(1, 2, new byte[] {50, 50, 50, 100, 100, 100});
        assertThat(Levels.blend(2, 0).of(image).pixels())
                .as("twice as bright")
                .containsExactly(100, 100, 100, (byte) 200, (byte) 200, (byte) 200);
        assertThat(Levels.blend(0, Levels.same().meanGrey(image)).of(image).pixels())
                .as("no contrast: 0.9999 of the mean 75, rounded")
                .containsOnly((byte) 75);
    }

    @Test
    void noiseHasTheAskedMeanAndDeviation() {
        byte[] pixels = new byte[100 * 100 * Image.CHANNELS];
        Arrays.fill(pixels, (byte) 128);
        Image noisy = new GaussianNoise(10).apply(new Image(100, 100, pixels), stream());
        double sum = 0;
        double squares = 0;
        for (byte each : noisy.pixels()) {
            double delta = (each & 0xFF) - 128;
            sum += delta;
            squares += delta * delta;
        }
        int count = pixels.length;
        // Four standard errors of 30,000 draws: 4 * 10 / sqrt(30000) and 4 * 10 / sqrt(60000).
        assertThat(sum / count).as("mean").isCloseTo(0, within(0.23));
        assertThat(Math.sqrt(squares / count)).as("deviation").isCloseTo(10, within(0.17));
    }

    @Test
    void saltAndPepperFallsOnTheAskedShareHalfOfItWhite() {
        byte[] pixels = new byte[200 * 200 * Image.CHANNELS];
        Arrays.fill(pixels, (byte) 128);
        Image sprinkled = new SaltAndPepper(0.1).apply(new Image(200, 200, pixels), stream());
        int white = 0;
        int black = 0;
        for (int i = 0; i < pixels.length; i += Image.CHANNELS) {
            white += sprinkled.pixels()[i] == (byte) 255 ? 1 : 0;
            black += sprinkled.pixels()[i] == 0 ? 1 : 0;
        }
        // 40,000 pixels: 2,000 of each expected, four deviations are 4 * sqrt(40000 * 0.05 * 0.95) = 174.
        assertThat(white).as("white pixels").isBetween(1826, 2174);
        assertThat(black).as("black pixels").isBetween(1826, 2174);
        Image full = new SaltAndPepper(1).apply(new Image(200, 200, pixels), stream());
        assertThat(full.pixels()).as("all of them").containsOnly((byte) 0, (byte) 255);
    }

    @Test
    void compressionLosesMoreAtLowerQuality() {
        Image image = Pictures.noise(32, 32, 10);
        double fine = distance(image, new JpegCompression(1, 95, 95).apply(image, stream()));
        double coarse = distance(image, new JpegCompression(1, 10, 10).apply(image, stream()));
        assertThat(coarse).as("mean change at quality 10").isGreaterThan(fine);
        assertThat(fine).as("mean change at quality 95").isPositive();
    }

    @Test
    void aFlatImageStaysFlatWhenBlurred() {
        byte[] pixels = new byte[5 * 3 * Image.CHANNELS];
        Arrays.fill(pixels, (byte) 200);
        for (double sigma : new double[] {0.1, 1, 8}) {
            assertThat(GaussianBlur.blurred(new Image(5, 3, pixels), sigma).pixels())
                    .as("blurred by %s", sigma)
                    .containsOnly((byte) 200);
        }
    }

    private static double distance(Image one, Image other) {
        double sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            sum += Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
        }
        return sum / one.pixels().length;
    }

    @Test
    void erasingCoversOneRectangleOfTheAskedArea() {
        Image image = Pictures.noise(100, 100, 8);
        Image erased = new Erasing(1, 0.25, 0.25, 1, 1).apply(image, stream());
        int changed = 0;
        for (int i = 0; i < image.pixels().length; i++) {
            changed += image.pixels()[i] == erased.pixels()[i] ? 0 : 1;
        }
        // Of 50 x 50 x 3 values about one in 256 has the mean's level already.
        assertThat(changed).as("changed values").isBetween(7400, 7500);
    }

    @Test
    void cropBoxesHaveAreaAndRatioInTheirRanges() {
        RandomResizedCrop crop = RandomResizedCrop.standard();
        for (long draw = 0; draw < 500; draw++) {
            Box box = crop.box(new Size(300, 400), RandomStream.of(3, "crop", draw));
            double width = box.right() - box.left();
            double height = box.bottom() - box.top();
            assertThat(width * height / 120_000).as("area of draw %d", draw).isBetween(0.078, 1.0);
            assertThat(width / height).as("ratio of draw %d", draw).isBetween(0.74, 1.35);
            assertThat(box.left() >= 0 && box.top() >= 0 && box.right() <= 400 && box.bottom() <= 300)
                    .as("draw %d lies inside: %s", draw, box)
                    .isTrue();
        }
    }

    @Test
    void trainingEndsAtItsSizeWhateverComesIn() {
        List<Augmentation> cropped = List.of(RandomResizedCrop.standard(), new HorizontalFlip(0.5));
        List<Augmentation> wild =
                List.of(new Rotation(180), new Zoom(0.25, 4), new Shear(60), new Perspective(0.9), new Rotation(180));
        List<Augmentation> croppedWild = Stream.concat(Stream.of(RandomResizedCrop.standard()), wild.stream())
                .toList();
        for (List<Augmentation> list : List.of(all(), cropped, List.<Augmentation>of(), wild, croppedWild)) {
            TrainingTransform transform = new TrainingTransform(list, 32);
            for (int height : new int[] {1, 20, 32, 75}) {
                Image result = transform.apply(Pictures.noise(height, 50, 9), stream());
                assertThat(Size.of(result)).as("size from height %d", height).isEqualTo(new Size(32, 32));
                for (long draw = 0; draw < 10; draw++) {
                    Image again = transform.apply(Pictures.noise(height, 50, 9), RandomStream.of(draw, "wild"));
                    assertThat(Size.of(again)).as("size of draw %d", draw).isEqualTo(new Size(32, 32));
                }
            }
        }
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatThrownBy(() -> new HorizontalFlip(1.5))
                .as("failure")
                .isInstanceOf(Failure.class)
                .hasMessageContaining("a flip's probability 1.5 (expected 0.0 to 1.0)");
        assertThatThrownBy(() -> new Zoom(1.2, 0.9)).as("failure").isInstanceOf(Failure.class);
    }

    private static RandomStream stream() {
        return RandomStream.of(11, "augmentation test");
    }
}
