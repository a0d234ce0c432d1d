package io.squadron.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanvasTest {
    private static final Size SIDE = new Size(32, 32);

    /** Runs of the first version can be repeated: its checksums, of 20 draws from three pictures each. */
    @Test
    void cropsFlipsAndColoursHaveTheBytesOfTheFirstVersion() {
        List<Augmentation> standard = List.of(
                RandomResizedCrop.standard(),
                new HorizontalFlip(0.5),
                new Brightness(0.4),
                new Contrast(0.4),
                new Saturation(0.4));
        List<Augmentation> padded = List.of(
                new PaddedCrop(4),
                new HorizontalFlip(0.5),
                new VerticalFlip(0.5),
                new Saturation(0.4),
                new GaussianNoise(8),
                Erasing.standard(0.5));
        assertThat(checksum(standard)).as("resized crop, flip, colours").isEqualTo(1840021532L);
        assertThat(checksum(padded))
                .as("padded crop, flips, saturation, noise, erasing")
                .isEqualTo(2237134800L);
        assertThat(checksum(List.of())).as("nothing").isEqualTo(2184179998L);
    }

    @Test
    void withoutACropImagesAreResizedAsInEvaluationWithEitherInterpolation() {
        Image image = Pictures.noise(90, 70, 3);
        for (Interpolation each : Interpolation.values()) {
            Transform training = new TrainingTransform(List.of(), 32, each);
            assertThat(training.apply(image, RandomStream.of(1, "augment")).pixels())
                    .as("%s", each)
                    .isEqualTo(new EvaluationTransform(32, 32, each)
                            .apply(image, RandomStream.of(1, "none"))
                            .pixels());
        }
        Transform bilinear = new TrainingTransform(List.of(), 32);
        Transform bicubic = new TrainingTransform(List.of(), 32, Interpolation.BICUBIC);
        assertThat(bilinear.apply(image, RandomStream.of(1, "augment")).pixels())
                .as("bilinear")
                .isNotEqualTo(
                        bicubic.apply(image, RandomStream.of(1, "augment")).pixels());
    }

    private static long checksum(List<Augmentation> augmentations) {
        TrainingTransform transform = new TrainingTransform(augmentations, 32);
        CRC32 checksum = new CRC32();
        for (long draw = 0; draw < 20; draw++) {
            for (int height : new int[] {32, 41, 90}) {
                Image picture = Pictures.noise(height, 50, height);
                checksum.update(transform
                        .apply(picture, RandomStream.of(1, "augment", draw))
                        .pixels());
            }
        }
        return checksum.getValue();
    }

    @Test
    void turningThereAndBackGivesTheImageBack() {
        Image image = Pictures.noise(32, 32, 1);
        Canvas canvas = Canvas.of(image);
        canvas.move(Rotation.turn(17).about(SIDE), Edge.REPEAT);
        canvas.move(Homography.affine(-1, 0, 0, 1).about(SIDE), Edge.REPEAT);
        canvas.move(Homography.affine(-1, 0, 0, 1).about(SIDE), Edge.REPEAT);
        canvas.move(Rotation.turn(-17).about(SIDE), Edge.REPEAT);
        assertThat(canvas.image().pixels()).as("pixels").isEqualTo(image.pixels());
    }

    @Test
    void movesThatFollowEachOtherAreOneSampling() {
        Image image = Pictures.noise(32, 32, 2);
        Canvas canvas = Canvas.of(image);
        canvas.move(Rotation.turn(10).about(SIDE), Edge.REPEAT);
        canvas.move(Rotation.turn(10).about(SIDE), Edge.REPEAT);
        assertThat(canvas.image().pixels())
                .as("turned by 10 and by 10")
                .isEqualTo(seen(image, Rotation.turn(20)).pixels());
        Image twice = seen(seen(image, Rotation.turn(10)), Rotation.turn(10));
        assertThat(roughness(twice))
                .as("differences between neighbours when sampled twice")
                .isLessThan(0.8 * roughness(canvas.image()));
    }

    private static Image seen(Image image, Homography map) {
        return new Frame.Whole(image).seen(map.about(Size.of(image)), Edge.REPEAT);
    }

    private static double roughness(Image image) {
        byte[] pixels = image.pixels();
        double sum = 0;
        for (int i = Image.CHANNELS; i < pixels.length; i++) {
            sum += Math.abs((pixels[i] & 0xFF) - (pixels[i - Image.CHANNELS] & 0xFF));
        }
        return sum;
    }

    @Test
    void aTurnedCropShowsThePictureAroundItAndBlackOnlyWhereAsked() {
        byte[] pixels = new byte[96 * 96 * Image.CHANNELS];
        for (int i = 0; i < 96 * 96; i++) {
            int row = i / 96;
            int column = i % 96;
            boolean inside = row >= 32 && row < 64 && column >= 32 && column < 64;
            pixels[i * Image.CHANNELS + (inside ? 0 : 1)] = (byte) 200;
        }
        Picture picture = Picture.of(new Image(96, 96, pixels));
        Homography map = Rotation.turn(45).about(SIDE);
        Frame crop = new Frame.Cut(picture, new Box(32, 32, 64, 64), SIDE);
        assertThat(crop.seen(map, Edge.REPEAT).at(0, 0, 1))
                .as("green of the corner")
                .isEqualTo(200);
        assertThat(crop.seen(map, Edge.REPEAT).at(16, 16, 0))
                .as("red of the middle")
                .isEqualTo(200);
        Image black = crop.seen(map, Edge.BLACK);
        assertThat(black.at(0, 0, 0) + black.at(0, 0, 1)).as("black corner").isZero();
        Image alone = new Frame.Whole(crop.still()).seen(map, Edge.REPEAT);
        assertThat(alone.at(0, 0, 0)).as("red, repeated").isEqualTo(200);
    }

    @Test
    void aCropThatIsEnlargedHasTheDetailOfThePicture() {
        Image image = Pictures.noise(100, 100, 3);
        Frame crop = new Frame.Cut(Picture.of(image), new Box(10, 10, 90, 90), new Size(40, 40));
        Homography twice = Homography.affine(0.5, 0, 0, 0.5).about(new Size(40, 40));
        assertThat(crop.seen(twice, Edge.REPEAT).pixels())
                .as("the inner half, twice as large")
                .isEqualTo(Crop.at(image, 30, 30, new Size(40, 40)).pixels());
    }

    @ParameterizedTest(name = "turned by {0}, box of {1}")
    @CsvSource({"30, 800", "30, 300", "180, 60", "5, 40"})
    void noMoreOfThePictureIsAskedForThanTheResultCanShow(double degrees, double side) {
        Asked picture = new Asked(Pictures.noise(900, 1000, 4));
        Box box = new Box(100, 50, 100 + side, 50 + side);
        new Frame.Cut(picture, box, SIDE).seen(Rotation.turn(degrees).about(SIDE), Edge.REPEAT);
        assertThat(picture.sizes).as("cuts").hasSize(1);
        Size asked = picture.sizes.get(0);
        // The bounding box of a turned square is at most 1.42 times as wide; the margin is two pixels of the result a
        // side.
        assertThat(asked.width()).as("width of the cut").isLessThanOrEqualTo((int) Math.min(1000, 32 * 1.42 + 7));
        assertThat(asked.height()).as("height of the cut").isLessThanOrEqualTo((int) Math.min(900, 32 * 1.42 + 7));
    }

    /** Remembers what was asked of it. */
    private static final class Asked implements Picture {
        private final Image image;
        private final List<Size> sizes = new ArrayList<>();

        Asked(Image image) {
            this.image = image;
        }

        @Override
        public Size size() {
            return Size.of(image);
        }

        @Override
        public Image whole() {
            throw new AssertionError("all of it is not needed");
        }

        @Override
        public Image cut(Box box, Size size) {
            sizes.add(size);
            return Picture.of(image).cut(box, size);
        }
    }

    @Test
    void tablesThatFollowEachOtherGiveTheBytesOfOneAfterTheOther() {
        Image image = Pictures.noise(20, 30, 5);
        Canvas canvas = Canvas.of(image);
        Image each = image;
        for (Operation operation : List.of(
                Operation.BRIGHTNESS,
                Operation.CONTRAST,
                Operation.SOLARIZE,
                Operation.EQUALIZE,
                Operation.CONTRAST,
                Operation.COLOUR,
                Operation.AUTO_CONTRAST,
                Operation.POSTERIZE)) {
            double strength = operation == Operation.SOLARIZE ? 180 : operation == Operation.POSTERIZE ? 5 : 0.3;
            operation.onto(canvas, strength);
            Canvas alone = Canvas.of(each);
            operation.onto(alone, strength);
            each = alone.image();
        }
        assertThat(canvas.image().pixels()).as("pixels").isEqualTo(each.pixels());
    }

    @Test
    void strengthsAreThoseOfTheirPapers() {
        RandomStream random = RandomStream.of(1, "strengths");
        Size size = new Size(331, 662);
        assertThat(Strengths.RAND_AUGMENT.draw(Operation.POSTERIZE, 30, size, random))
                .as("fewest bits of RandAugment")
                .isEqualTo(4);
        assertThat(Strengths.TRIVIAL_AUGMENT.draw(Operation.POSTERIZE, 30, size, random))
                .as("fewest bits of TrivialAugment")
                .isEqualTo(2);
        assertThat(Strengths.AUG_MIX.draw(Operation.POSTERIZE, 0, size, random))
                .as("most bits of AugMix")
                .isEqualTo(4);
        assertThat(Strengths.RAND_AUGMENT.draw(Operation.SOLARIZE, 0, size, random))
                .as("solarize at magnitude 0 turns white over")
                .isEqualTo(255);
        assertThat(Math.abs(Strengths.RAND_AUGMENT.draw(Operation.TRANSLATE_X, 30, size, random)))
                .as("farthest shift")
                .isEqualTo(300);
        assertThat(Math.abs(Strengths.TRIVIAL_AUGMENT.draw(Operation.ROTATE, 10, size, random)))
                .as("a third of 135 degrees")
                .isEqualTo(45);
    }

    @Test
    void perspectiveWithoutDistortionLeavesTheImageAsItIs() {
        Image image = Pictures.noise(17, 24, 6);
        assertThat(new Perspective(0)
                        .apply(image, RandomStream.of(1, "perspective"))
                        .pixels())
                .as("pixels")
                .isEqualTo(image.pixels());
    }
}
