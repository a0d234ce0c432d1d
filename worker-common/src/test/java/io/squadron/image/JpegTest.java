package io.squadron.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.squadron.failure.Failure;
import io.squadron.image.jpeg.Jpeg;
import io.squadron.image.jpeg.Window;
import io.squadron.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegTest {
    private static final String PLAIN = "45x61 420 baseline";

    private final Decoder decoder = Decoder.standard();

    /** Pillow 9.4.0 on libjpeg-turbo 2.1.5: all samplings, grey, inks, progressive, restarts. Equal, not close. */
    @Test
    void everyKindHasPillowsPixels() {
        JsonNode files = JpegFiles.read("jpeg.json").get("files");
        List<String> different = new ArrayList<>();
        files.fields().forEachRemaining(each -> {
            JsonNode file = each.getValue();
            Image image = decoder.decode(JpegFiles.bytes(file.get("file")));
            CRC32 sum = new CRC32();
            sum.update(image.pixels());
            boolean same = sum.getValue() == file.get("crc").asLong()
                    && image.height() == file.get("height").asInt()
                    && image.width() == file.get("width").asInt();
            if (!same) {
                different.add(each.getKey());
            }
        });
        assertThat(files.size()).as("files").isGreaterThan(30);
        assertThat(different).as("files with other pixels than Pillow's").isEmpty();
    }

    @Test
    void aWindowHasThePixelsOfTheWhole() {
        RandomStream random = RandomStream.of(3, "windows");
        for (Map.Entry<String, byte[]> each : JpegFiles.all().entrySet()) {
            Jpeg jpeg = Jpeg.open(each.getValue());
            for (int shrink = 1; shrink <= 8; shrink *= 2) {
                int width = Jpeg.shrunk(jpeg.width(), shrink);
                int height = Jpeg.shrunk(jpeg.height(), shrink);
                Image whole = new Image(height, width, jpeg.pixels(new Window(0, 0, width, height), shrink));
                for (int i = 0; i < 6; i++) {
                    int left = random.nextInt(width);
                    int top = random.nextInt(height);
                    Window window = new Window(
                            left, top, left + 1 + random.nextInt(width - left), top + 1 + random.nextInt(height - top));
                    byte[] cut = Crop.at(whole, top, left, new Size(window.height(), window.width()))
                            .pixels();
                    assertThat(jpeg.pixels(window, shrink))
                            .as("%s, %s at 1/%d", each.getKey(), window, shrink)
                            .isEqualTo(cut);
                }
            }
        }
    }

    /** Shrinking leaves out what 1/2, 1/4, 1/8 cannot show: on average, the levels are those of the boxes' means. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void aShrunkPictureLooksLikeTheWhole(int shrink) {
        byte[] file = Pictures.file("jpeg", java.awt.image.BufferedImage.TYPE_3BYTE_BGR, 64, 96);
        Jpeg jpeg = Jpeg.open(file);
        Image whole = decoder.decode(file);
        int width = 96 / shrink;
        byte[] small = jpeg.pixels(new Window(0, 0, width, 64 / shrink), shrink);
        for (int i = 0; i < small.length; i++) {
            int row = i / 3 / width;
            int column = i / 3 % width;
            if (Math.abs(2 * column + 1 - width) <= 8 / shrink + 2) {
                continue; // beside the edge between red and blue a transform overshoots
            }
            int sum = 0;
            for (int k = 0; k < shrink * shrink; k++) {
                sum += whole.at(row * shrink + k / shrink, column * shrink + k % shrink, i % 3);
            }
            assertThat(small[i] & 0xFF)
                    .as("level %d of row %d, column %d", i % 3, row, column)
                    .isBetween(sum / shrink / shrink - 12, sum / shrink / shrink + 12);
        }
    }

    /** A cut works in the file's own colours: smooth parts agree to a few levels with a cut from the whole. */
    @Test
    void aCutIsNearTheCutFromTheWhole() {
        byte[] file = JpegFiles.bytes(
                JpegFiles.read("logits.json").get("cases").get(0).get("file"));
        Picture picture = decoder.open(file);
        for (Box box : List.of(new Box(10, 20, 190, 140), new Box(3, 5, 60, 50), new Box(0, 0, 200, 150))) {
            Image cut = picture.cut(box, new Size(48, 64));
            Image expected = Resample.to(picture.whole(), box, new Size(48, 64));
            double sum = 0;
            for (int i = 0; i < cut.pixels().length; i++) {
                sum += Math.abs((cut.pixels()[i] & 0xFF) - (expected.pixels()[i] & 0xFF));
            }
            assertThat(sum / cut.pixels().length)
                    .as("mean difference in levels, %s", box)
                    .isLessThan(6);
        }
    }

    @Test
    void everyOrientationIsTurnedUpright() {
        Image stored = decoder.decode(JpegFiles.named(PLAIN));
        for (int tag = 1; tag <= 8; tag++) {
            byte[] file = oriented(JpegFiles.named(PLAIN), tag);
            Picture picture = decoder.open(file);
            Image seen = picture.whole();
            assertThat(Size.of(seen)).as("size").isEqualTo(picture.size());
            int row = 7;
            int column = 11;
            // Where the stored pixel (7, 11) is seen, by the definitions of TIFF 6.0.
            int bottom = stored.height() - 1 - row;
            int right = stored.width() - 1 - column;
            int[][] places = {
                {row, column}, {row, right}, {bottom, right}, {bottom, column},
                {column, row}, {column, bottom}, {right, bottom}, {right, row}
            };
            int[] place = places[tag - 1];
            for (int c = 0; c < 3; c++) {
                assertThat(seen.at(place[0], place[1], c))
                        .as("orientation %d", tag)
                        .isEqualTo(stored.at(row, column, c));
            }
            Image cut = picture.cut(new Box(4, 6, 30, 32), new Size(26, 26));
            Image expected = Resample.to(seen, new Box(4, 6, 30, 32), new Size(26, 26));
            assertThat(distance(cut, expected))
                    .as("mean difference of a cut, orientation %d", tag)
                    .isLessThan(8);
        }
    }

    private static double distance(Image one, Image other) {
        double sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            sum += Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
        }
        return sum / one.pixels().length;
    }

    private static byte[] oriented(byte[] file, int tag) {
        String exif = "FFE10022457869660000" + "4D4D002A00000008" + "0001" + "0112000300000001000%d0000" + "00000000";
        byte[] block = HexFormat.of().parseHex(exif.formatted(tag));
        return joined(Arrays.copyOf(file, 2), block, Arrays.copyOfRange(file, 2, file.length));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] each : parts) {
            out.writeBytes(each);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "45x61 420 progressive", "cjpeg two scans", "cjpeg restart", "45x61 inks"})
    void aFileCutAtAnyTenthIsNamedSo(String name) {
        byte[] file = JpegFiles.named(name);
        for (int tenth = 0; tenth < 10; tenth++) {
            byte[] cut = Arrays.copyOf(file, file.length * tenth / 10);
            Failure failure = catchThrowableOfType(Failure.class, () -> decoder.decode(cut));
            assertThat(failure).as("%s cut at %d/10", name, tenth).isNotNull();
            assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
            assertThat(failure).as("reason").hasMessageMatching("(?s).*(empty|cut short|begins with).*");
        }
    }

    @Test
    void whatFollowsThePictureDoesNotMatter() {
        byte[] file = JpegFiles.named(PLAIN);
        byte[] expected = decoder.decode(file).pixels();
        byte[] garbage = new byte[1000];
        Arrays.fill(garbage, (byte) 0xFF);
        assertThat(decoder.decode(joined(file, garbage)).pixels())
                .as("with garbage")
                .isEqualTo(expected);
        // A camera's MPO: further whole pictures behind the first.
        assertThat(decoder.decode(joined(file, JpegFiles.named("1x1 grey"))).pixels())
                .as("first of two")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "45x61 420 progressive"})
    void tenMillionPixelsInAKilobyteAreRefused(String name) {
        byte[] file = Arrays.copyOf(JpegFiles.named(name), 1024);
        int size = new String(file, ISO_8859_1).indexOf(name.endsWith("progressive") ? "\u00FF\u00C2" : "\u00FF\u00C0");
        byte[] claim = {0x0C, (byte) 0x80, 0x0C, (byte) 0x80};
        System.arraycopy(claim, 0, file, size + 5, 4);
        assertThat(catchThrowableOfType(Failure.class, () -> decoder.decode(file)))
                .as("failure")
                .hasMessageContaining("3200 x 3200 pixels take")
                .hasMessageContaining("and it has 1024");
    }

    @Test
    void aJpegBombIsRefusedByItsHeader() {
        byte[] file = JpegFiles.named(PLAIN);
        int size = new String(file, ISO_8859_1).indexOf("\u00FF\u00C0");
        Arrays.fill(file, size + 5, size + 9, (byte) 0xEA);
        assertThat(catchThrowableOfType(Failure.class, () -> decoder.open(file)))
                .as("failure")
                .hasMessageContaining("60138 x 60138");
    }
}
