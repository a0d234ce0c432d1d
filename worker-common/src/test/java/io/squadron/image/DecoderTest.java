package io.squadron.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.squadron.failure.Failure;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {
    private final Decoder decoder = Decoder.standard();

    @Test
    void pngComesBackAsItWasEncoded() {
        Image image = Pictures.noise(13, 7, 1);
        Image back = decoder.decode(Encoder.png(image));
        assertThat(back.pixels()).as("pixels").isEqualTo(image.pixels());
        assertThat(Size.of(back)).as("size").isEqualTo(new Size(13, 7));
    }

    @Test
    void greyIsStoredInOneChannelAndComesBackLevelByLevel() {
        byte[] pixels = new byte[256 * Image.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / Image.CHANNELS);
        }
        byte[] file = Encoder.png(new Image(16, 16, pixels));
        assertThat(file[25]).as("colour type in the PNG header").isEqualTo((byte) 0);
        assertThat(decoder.decode(file).pixels()).as("pixels").isEqualTo(pixels);
    }

    @ParameterizedTest
    @CsvSource({"png, 5", "jpeg, 5", "gif, 13", "bmp, 5", "png, 13", "png, 6"})
    void everyFormatShowsRedLeftAndBlueRight(String format, int type) {
        Image image = decoder.decode(Pictures.file(format, type, 32, 48));
        assertThat(Size.of(image)).as("size").isEqualTo(new Size(32, 48));
        assertThat(image.at(16, 4, 0)).as("red on the left").isGreaterThan(245);
        assertThat(image.at(16, 4, 2)).as("blue on the left").isLessThan(10);
        assertThat(image.at(16, 44, 2)).as("blue on the right").isGreaterThan(245);
    }

    @Test
    void transparencyLiesOverWhite() {
        BufferedImage half = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        half.setRGB(0, 0, 0x80000000);
        half.setRGB(1, 0, 0x00FF0000);
        Image image = decoder.decode(Pictures.encoded("png", half));
        assertThat(image.pixels())
                .as("half black, then wholly transparent")
                .containsExactly((byte) 127, (byte) 127, (byte) 127, (byte) 255, (byte) 255, (byte) 255);
    }

    @Test
    void sixteenBitsAreRoundedToEight() {
        BufferedImage deep = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 0);
        deep.getRaster().setSample(1, 0, 0, 128 * 257);
        deep.getRaster().setSample(2, 0, 0, 65535);
        Image image = decoder.decode(Pictures.encoded("png", deep));
        assertThat(new int[] {image.at(0, 0, 0), image.at(0, 1, 1), image.at(0, 2, 2)})
                .as("levels")
                .containsExactly(0, 128, 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
    void aFileCutShortAnywhereIsRefused(String format) {
        int type = format.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_3BYTE_BGR;
        byte[] whole = Pictures.file(format, type, 64, 64);
        // A JPEG's last two bytes are its end marker, a GIF's last its trailer: without them the pixels are whole.
        int end = format.equals("jpeg") ? whole.length - 2 : whole.length - (format.equals("gif") ? 2 : 1);
        for (int length = 0; length < end; length += Math.max(1, whole.length / 97)) {
            byte[] cut = Arrays.copyOf(whole, length);
            Failure failure = catchThrowableOfType(Failure.class, () -> decoder.decode(cut));
            assertThat(failure)
                    .as("%s cut after %d of %d bytes", format, length, whole.length)
                    .isNotNull();
            assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        }
    }

    @Test
    void aFlippedByteInAPngIsRefused() {
        byte[] file = Encoder.png(Pictures.noise(20, 20, 2));
        file[file.length / 2] ^= 1;
        assertThat(catchThrowableOfType(Failure.class, () -> decoder.decode(file)))
                .as("failure")
                .hasMessageContaining("checksum");
    }

    @Test
    void textNamedJpgIsNoImage() {
        assertThat(catchThrowableOfType(Failure.class, () -> decoder.decode("hello, world".getBytes(UTF_8))))
                .as("failure")
                .hasMessageContaining("68 65 6c 6c 6f")
                .hasMessageContaining("expected a PNG, JPEG, GIF, BMP or WebP");
        assertThat(catchThrowableOfType(Failure.class, () -> decoder.decode(new byte[0])))
                .as("failure")
                .hasMessageContaining("empty");
    }

    @Test
    void aBombIsRefusedByItsHeader() {
        byte[] bomb = Pictures.bomb(30_000, 30_000);
        Failure failure = catchThrowableOfType(Failure.class, () -> decoder.decode(bomb));
        assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
        assertThat(failure).as("failure").hasMessageContaining("30000 x 30000").hasMessageContaining("64000000");
    }

    /** Lossless to the level. Lossy: the reader enlarges the colours otherwise than libwebp does. */
    @Test
    void webpIsRead() {
        WebpFiles.golden().fields().forEachRemaining(each -> {
            Image image = decoder.decode(JpegFiles.bytes(each.getValue().get("file")));
            byte[] expected = JpegFiles.bytes(each.getValue().get("pixels"));
            double sum = 0;
            for (int i = 0; i < expected.length; i++) {
                sum += Math.abs((image.pixels()[i] & 0xFF) - (expected[i] & 0xFF));
            }
            assertThat(sum / expected.length)
                    .as("mean difference to Pillow's levels, %s", each.getKey())
                    .isLessThanOrEqualTo(each.getKey().equals("lossy") ? 6 : 0.5);
        });
    }

    @Test
    void aWebpCutShortIsNamedSo() {
        WebpFiles.all().forEach((name, file) -> {
            for (int tenth = 1; tenth < 10; tenth++) {
                byte[] cut = Arrays.copyOf(file, file.length * tenth / 10);
                Failure failure = catchThrowableOfType(Failure.class, () -> decoder.decode(cut));
                assertThat(failure).as("%s cut at %d/10", name, tenth).isNotNull();
                assertThat(failure.kind()).as("kind").isEqualTo(Failure.Kind.DATA);
            }
        });
    }
}
